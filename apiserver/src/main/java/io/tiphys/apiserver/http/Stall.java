package io.tiphys.apiserver.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;

/** Notices a client that takes nothing of what waits in the socket for it. */
final class Stall {
  private int head;
  private long progress;
  private long since;

  /** Whether the client has taken no byte for so long; called every now and then. */
  boolean lastsLongerThan(Duration patience, Channel channel, long now) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    Object first = waiting == null ? null : waiting.current();
    if (first == null) {
      head = 0;
      return false;
    }
    int nowHead = System.identityHashCode(first);
    long nowProgress = waiting.currentProgress();
    if (nowHead != head || nowProgress != progress) {
      head = nowHead;
      progress = nowProgress;
      since = now;
    }
    return now - since > patience.toNanos();
  }
}
