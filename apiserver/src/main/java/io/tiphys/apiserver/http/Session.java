package io.tiphys.apiserver.http;

/** A connection, as the server sees it when it stops. May be called from any thread. */
interface Session {
  /**
   * Takes no more requests, tells running exchanges that the server stops, and closes the
   * connection as soon as they are over.
   */
  void shutdown();

  /** Closes the connection now. */
  void abort();
}
