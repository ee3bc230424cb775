package io.tiphys.apiserver.http;

import java.io.OutputStream;

/**
 * A response that is written piece by piece. Writing never blocks: pieces wait until the client
 * takes them, and {@link #write} says when too many wait. Pieces that are written shortly after
 * each other travel together. May be used from any thread; the order of one thread's calls is kept.
 */
public interface ResponseStream {
  /** Bytes that may wait for the client of a watch. */
  int WATCH = 256 * 1024;

  /** Bytes that may wait for the client of a list. */
  int LIST = 512 * 1024;

  /**
   * Sends bytes, which are neither copied nor changed, so that many streams may share an array.
   *
   * @return whether there is room for more; if not, the writer stops until {@link #onWritable}'s
   *     action runs (these bytes are sent all the same). After the exchange has ended bytes are
   *     dropped and the answer is true.
   */
  boolean write(byte[] bytes);

  /**
   * Runs this, on the event loop, whenever there is room again after {@link #write} said no, which
   * is when fewer than 128 KiB (and less than half of the capacity) wait. Replaces the action
   * before it; must not block.
   */
  void onWritable(Runnable action);

  /** Ends the response properly, after what was written. */
  void end();

  /**
   * Breaks the response off, so that the client notices that something is missing; does nothing
   * after {@link #end}.
   */
  void abort();

  /**
   * The same as a stream that blocks while there is no room: for virtual threads only. Writing to a
   * client that went away throws an {@link java.io.IOException}; closing is {@link #end}.
   */
  OutputStream output();
}
