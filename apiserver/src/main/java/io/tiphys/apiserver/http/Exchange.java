package io.tiphys.apiserver.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * One request and its response. A request is answered once, by {@link #respond}, {@link #stream} or
 * {@link #upgrade}; a second answer is an {@link IllegalStateException}. All methods may be called
 * from any thread. Answers to a client that has gone away are dropped in silence.
 */
public interface Exchange extends RequestHead {
  /** The whole body, empty if there is none or if it is streamed; not to be changed. */
  byte[] body();

  /**
   * The body as it arrives, for requests that {@link HttpHandler#streamsBody} asked for and those
   * with an {@code Upgrade}; reading blocks, and throws an {@link IOException} if the client goes
   * away in the middle.
   */
  InputStream bodyStream();

  /** Sends a complete response; to a {@code HEAD} request without its body. */
  void respond(Response response);

  /**
   * Starts a response of unknown length.
   *
   * @param capacity how many bytes may wait for a slow client before {@link ResponseStream#write}
   *     says stop, such as {@link ResponseStream#WATCH}
   */
  ResponseStream stream(int status, Headers headers, int capacity);

  /** The protocol that the client wants to change to, by {@code Upgrade}; empty if it doesn't. */
  String wantsUpgrade();

  /**
   * Answers 101 with these headers ({@code Connection} and {@code Upgrade} are added) and leaves
   * the connection to the caller.
   *
   * @throws IllegalStateException if {@link #wantsUpgrade()} is empty
   */
  Duplex upgrade(Headers headers);

  /**
   * Runs this on a virtual thread of its own. An {@link io.tiphys.model.status.ApiException} that
   * it throws is answered with its {@code Status}, anything else with 500.
   */
  void dispatch(Runnable work);

  /**
   * Runs this when the exchange is over: all of the response was sent, or the client went away, or
   * the response was given up. It runs once, on the event loop (at once if it is over already), and
   * must not block.
   */
  void onClosed(Runnable action);

  /**
   * Runs this when the server begins to stop, or at once if it has begun: answers without an end,
   * such as watches, end themselves then. On the event loop; must not block.
   */
  void onShutdown(Runnable action);
}
