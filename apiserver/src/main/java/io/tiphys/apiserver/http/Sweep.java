package io.tiphys.apiserver.http;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A look at one connection every now and then, for what takes too long. */
final class Sweep {
  private Sweep() {}

  /**
   * Runs the check on the connection's event loop, often enough for the limits, until it closes.
   */
  static void every(ChannelHandlerContext context, HttpLimits limits, Runnable check) {
    Duration shortest =
        Stream.of(limits.headerTime(), limits.bodyTime(), limits.idleTime())
            .min(Duration::compareTo)
            .orElseThrow();
    long period = Math.max(10, shortest.toMillis() / 8);
    Future<?> task =
        context.executor().scheduleAtFixedRate(check, period, period, TimeUnit.MILLISECONDS);
    context.channel().closeFuture().addListener(closed -> task.cancel(false));
  }
}
