package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Duplex;
import io.tiphys.apiserver.http.Headers;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SPDY/3.1 connection, either end of it, as kubectl before 1.31 and kubelets speak it after an
 * upgrade (draft-mbelshe-httpbis-spdy-00). Like theirs it knows no flow control but TCP's: window
 * updates are neither sent nor heeded. Everything blocks; a virtual thread reads for all streams.
 */
final class SpdyConnection implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(SpdyConnection.class);
  private static final int VERSION = 0x8003;
  private static final int SYN_STREAM = 1;
  private static final int SYN_REPLY = 2;
  private static final int RST_STREAM = 3;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int HEADERS = 8;
  private static final int FIN = 1;
  private static final int MAX_FRAME = 1024 * 1024;

  /** Streams that one side may have open; the protocols above need far fewer. */
  private static final int MAX_STREAMS = 4096;

  private final Duplex connection;
  private final boolean server;
  private final DataInputStream input;
  private final SpdyHeaders.Reader headersIn = new SpdyHeaders.Reader();
  private final SpdyHeaders.Writer headersOut = new SpdyHeaders.Writer(); // guarded by this
  private final Map<Integer, SpdyStream> streams = new ConcurrentHashMap<>();
  private final BlockingQueue<Optional<SpdyStream>> accepted = new LinkedBlockingQueue<>();
  private int nextId; // guarded by this
  private boolean ended; // guarded by this

  private SpdyConnection(Duplex connection, boolean server) {
    this.connection = connection;
    this.server = server;
    this.nextId = server ? 2 : 1;
    this.input = new DataInputStream(new BufferedInputStream(connection.input(), 32 * 1024));
    Thread.ofVirtual().name("spdy").start(this::readAll);
  }

  static SpdyConnection client(Duplex connection) {
    return new SpdyConnection(connection, false);
  }

  static SpdyConnection server(Duplex connection) {
    return new SpdyConnection(connection, true);
  }

  /** Opens a stream; what is written to it may be sent before the other side has accepted it. */
  SpdyStream open(Headers headers) throws IOException {
    synchronized (this) {
      if (ended) {
        throw new IOException("the SPDY connection has ended");
      }
      int id = nextId;
      nextId += 2;
      SpdyStream stream = new SpdyStream(this, id, headers);
      streams.put(id, stream);
      byte[] block = headersOut.write(headers);
      ByteBuffer payload = ByteBuffer.allocate(10 + block.length);
      payload.putInt(id).putInt(0).putShort((short) 0).put(block);
      sendControl(SYN_STREAM, 0, payload.array());
      return stream;
    }
  }

  /** Awaits the next stream that the other side opens; empty when the connection has ended. */
  Optional<SpdyStream> accept() throws IOException {
    try {
      Optional<SpdyStream> next = accepted.take();
      if (next.isEmpty()) {
        accepted.add(next); // for whoever asks again
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a stream", e);
    }
  }

  void forget(SpdyStream stream) {
    streams.remove(stream.id());
  }

  synchronized void sendData(int streamId, byte[] bytes, boolean last) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(8 + bytes.length);
    frame.putInt(streamId).putInt((last ? FIN << 24 : 0) | bytes.length).put(bytes);
    connection.output().write(frame.array());
    connection.output().flush();
  }

  private synchronized void sendControl(int type, int flags, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(8 + payload.length);
    frame.putShort((short) VERSION).putShort((short) type);
    frame.putInt(flags << 24 | payload.length).put(payload);
    connection.output().write(frame.array());
    connection.output().flush();
  }

  private void readAll() {
    String why = "the SPDY connection has ended";
    try (headersIn) {
      while (true) {
        readFrame();
      }
    } catch (EOFException e) {
      LOG.trace("SPDY connection ended");
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
      LOG.debug("SPDY connection broken: {}", why);
    } finally {
      accepted.add(Optional.empty());
      for (SpdyStream stream : streams.values()) {
        stream.broken(why);
      }
      synchronized (this) {
        ended = true;
        headersOut.close();
      }
      close();
    }
  }

  private void readFrame() throws IOException {
    int head = input.readInt();
    int flagsAndLength = input.readInt();
    int length = flagsAndLength & 0xffffff;
    boolean last = (flagsAndLength >>> 24 & FIN) != 0;
    if (length > MAX_FRAME) {
      throw new IOException("SPDY: a frame of " + length + " bytes is too long");
    }
    byte[] payload = new byte[length];
    input.readFully(payload);
    if (head >= 0) {
      SpdyStream stream = streams.get(head);
      if (stream != null) {
        stream.received(payload, last);
      }
    } else if (head >>> 16 == VERSION) {
      control(head & 0xffff, last, ByteBuffer.wrap(payload));
    } else {
      throw new IOException("SPDY: not version 3");
    }
  }

  private void control(int type, boolean last, ByteBuffer payload) throws IOException {
    int least = type == SYN_STREAM ? 10 : 4;
    if (payload.remaining() < least) {
      throw new IOException("SPDY: a frame of type " + type + " is too short");
    }
    int id = payload.getInt() & 0x7fffffff;
    switch (type) {
      case SYN_STREAM -> synStream(id, last, payload.position(10));
      case SYN_REPLY, HEADERS -> {
        headersIn.read(rest(payload)); // keeps the compression in step
        endIf(last, id);
      }
      case RST_STREAM -> {
        SpdyStream stream = streams.remove(id);
        if (stream != null) {
          stream.broken("the other side has reset the stream");
        }
      }
      case PING -> {
        boolean theirs = (id % 2 == 1) == server;
        if (theirs) {
          sendControl(PING, 0, ByteBuffer.allocate(4).putInt(id).array());
        }
      }
      case GOAWAY -> LOG.trace("SPDY: the other side opens no more streams");
      default -> LOG.trace("SPDY: frame of type {} ignored", type);
    }
  }

  private void synStream(int id, boolean last, ByteBuffer block) throws IOException {
    Headers headers = headersIn.read(rest(block));
    if (id == 0 || (id % 2 == 1) != server || streams.size() >= MAX_STREAMS) {
      throw new IOException("SPDY: stream " + id + " is refused");
    }
    SpdyStream stream = new SpdyStream(this, id, headers);
    if (streams.putIfAbsent(id, stream) != null) {
      throw new IOException("SPDY: stream " + id + " is open already");
    }
    synchronized (this) {
      byte[] empty = headersOut.write(Headers.EMPTY);
      byte[] reply = ByteBuffer.allocate(4 + empty.length).putInt(id).put(empty).array();
      sendControl(SYN_REPLY, 0, reply);
    }
    accepted.add(Optional.of(stream));
    endIf(last, id);
  }

  private void endIf(boolean last, int id) throws IOException {
    SpdyStream stream = streams.get(id);
    if (last && stream != null) {
      stream.received(new byte[0], true);
    }
  }

  private static byte[] rest(ByteBuffer payload) {
    byte[] rest = new byte[payload.remaining()];
    payload.get(rest);
    return rest;
  }

  /** Closes the connection and all of its streams. */
  @Override
  public void close() {
    connection.close();
  }
}
