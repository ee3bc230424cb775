package io.tiphys.apiserver.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server for HTTP/1.1 and HTTP/2, over TLS or (for tests and health checks) in the clear, where
 * only HTTP/1.1 is spoken. Two event loops do the input and output.
 */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int EVENT_LOOPS = 2;
  private static final int RELOAD_SECONDS = 10;
  private static final WriteBufferWaterMark WATER_MARK =
      new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

  private final ServerContext context;
  private final @Nullable TlsFiles tls;
  private final EventLoopGroup loops;
  private final Channel listening;

  /**
   * Starts a server.
   *
   * @param address where it listens; port 0 takes any free one
   * @param tls its certificate; null for a server without TLS
   * @throws HttpServerException if it cannot listen there
   */
  public static HttpServer start(
      InetSocketAddress address, @Nullable TlsFiles tls, HttpLimits limits, HttpHandler handler) {
    return new HttpServer(address, tls, new ServerContext(handler, limits));
  }

  private HttpServer(InetSocketAddress address, @Nullable TlsFiles tls, ServerContext context) {
    this.context = context;
    this.tls = tls;
    this.loops =
        new MultiThreadIoEventLoopGroup(
            EVENT_LOOPS, new DefaultThreadFactory("http", true), NioIoHandler.newFactory());
    try {
      this.listening = bind(address);
      if (tls != null) {
        loops.scheduleWithFixedDelay(
            () -> context.threads().newThread(tls::reload).start(),
            RELOAD_SECONDS,
            RELOAD_SECONDS,
            TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new HttpServerException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  private Channel bind(InetSocketAddress address) throws Exception {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 4096)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accept(channel);
              }
            })
        .bind(address)
        .sync()
        .channel();
  }

  /** Where the server listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  private void accept(SocketChannel channel) {
    int limit = context.limits().connections();
    if (limit > 0 && context.sessions().size() >= limit) {
      LOG.warn("{}: connection refused: {} are open", channel.remoteAddress(), limit);
      channel.close();
    } else if (tls == null) {
      Peer peer = new Peer(channel.remoteAddress(), channel.localAddress(), List.of());
      Http1Session.addTo(channel.pipeline(), context, peer);
    } else {
      SslHandler ssl = tls.current().newHandler(channel.alloc());
      ssl.setHandshakeTimeoutMillis(context.limits().headerTime().toMillis());
      channel.pipeline().addLast(ssl, new Negotiated(ssl));
    }
  }

  /** Goes on with the protocol that client and server agreed on in the TLS handshake (ALPN). */
  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    private final SslHandler ssl;

    Negotiated(SslHandler ssl) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.ssl = ssl;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
      SocketChannel channel = (SocketChannel) ctx.channel();
      Peer peer = new Peer(channel.remoteAddress(), channel.localAddress(), certificates(ssl));
      if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        ctx.pipeline().addLast(Http2Session.create(context, peer));
      } else {
        Http1Session.addTo(ctx.pipeline(), context, peer);
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
      LOG.debug("{}: TLS handshake failed: {}", ctx.channel().remoteAddress(), cause.getMessage());
      ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      LOG.debug("{}: TLS failed: {}", ctx.channel().remoteAddress(), cause.getMessage());
      ctx.close();
    }
  }

  private static List<X509Certificate> certificates(SslHandler ssl) {
    try {
      Certificate[] chain = ssl.engine().getSession().getPeerCertificates();
      return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // the client has none, which is its right
    }
  }

  /**
   * Stops: takes no more connections and requests, lets running ones end by themselves ({@link
   * Exchange#onShutdown}), and closes what is left of them after the grace period.
   */
  public void shutdown(Duration grace) {
    listening.close().syncUninterruptibly();
    context.sessions().forEach(Session::shutdown);
    awaitSessions(grace);
    context.sessions().forEach(Session::abort);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }

  private void awaitSessions(Duration grace) {
    long deadline = System.nanoTime() + grace.toNanos();
    try {
      while (!context.sessions().isEmpty() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops at once. */
  @Override
  public void close() {
    shutdown(Duration.ZERO);
  }
}
