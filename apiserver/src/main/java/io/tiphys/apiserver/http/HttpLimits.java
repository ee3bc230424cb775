package io.tiphys.apiserver.http;

import java.time.Duration;

/**
 * How much a client may ask of the server. The defaults are upstream's where it has one (its {@code
 * MaxRequestBodyBytes}, Go's {@code DefaultMaxHeaderBytes}, the secure serving options' time-outs).
 *
 * @param bodyBytes longest body that is gathered for a handler; a longer one is answered with 413
 * @param headerBytes longest request line and headers together; more are answered with 431
 * @param gatheredBytes memory for bodies that are being received, of all connections together; who
 *     wants more is answered with 429
 * @param streams requests that one HTTP/2 connection may have open; more are refused
 * @param connections open connections; 0 is no limit, and one too many is closed at once
 * @param resets streams that a client may open and reset in ten seconds (rapid reset)
 * @param headerTime until a connection's first or next request has been read to its headers' end
 * @param bodyTime until a request's body has been read, or until a client takes any byte
 * @param idleTime how long a connection without requests is kept
 */
public record HttpLimits(
    int bodyBytes,
    int headerBytes,
    long gatheredBytes,
    int streams,
    int connections,
    int resets,
    Duration headerTime,
    Duration bodyTime,
    Duration idleTime) {
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          3 * 1024 * 1024,
          1024 * 1024,
          256 * 1024 * 1024,
          250,
          0,
          2000,
          Duration.ofSeconds(32),
          Duration.ofSeconds(60),
          Duration.ofSeconds(90));

  public HttpLimits withBodyBytes(int bytes) {
    return new HttpLimits(
        bytes,
        headerBytes,
        gatheredBytes,
        streams,
        connections,
        resets,
        headerTime,
        bodyTime,
        idleTime);
  }

  public HttpLimits withGatheredBytes(long bytes) {
    return new HttpLimits(
        bodyBytes,
        headerBytes,
        bytes,
        streams,
        connections,
        resets,
        headerTime,
        bodyTime,
        idleTime);
  }

  public HttpLimits withTimes(Duration header, Duration body, Duration idle) {
    return new HttpLimits(
        bodyBytes, headerBytes, gatheredBytes, streams, connections, resets, header, body, idle);
  }

  public HttpLimits withConnections(int count) {
    return new HttpLimits(
        bodyBytes,
        headerBytes,
        gatheredBytes,
        streams,
        count,
        resets,
        headerTime,
        bodyTime,
        idleTime);
  }
}
