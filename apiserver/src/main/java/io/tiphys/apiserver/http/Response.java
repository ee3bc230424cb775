package io.tiphys.apiserver.http;

import io.tiphys.model.json.JsonWriter;
import io.tiphys.model.status.ApiException;
import java.nio.charset.StandardCharsets;

/**
 * A complete response. The body is neither copied nor changed, so many responses may share one
 * array. {@code content-length} and {@code date} are added when it is sent.
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose, never compared
public record Response(int status, Headers headers, byte[] body) {
  private static final byte[] NOTHING = {};
  private static final Headers JSON = Headers.of("content-type", "application/json");
  private static final Headers TEXT =
      Headers.of("content-type", "text/plain; charset=utf-8", "x-content-type-options", "nosniff");

  public Response {
    if (status < 200 || status > 999) {
      throw new IllegalArgumentException("not the status of a response: " + status);
    }
  }

  public static Response empty(int status) {
    return new Response(status, Headers.EMPTY, NOTHING);
  }

  public static Response json(int status, byte[] body) {
    return new Response(status, JSON, body);
  }

  public static Response text(int status, String body) {
    return new Response(status, TEXT, body.getBytes(StandardCharsets.UTF_8));
  }

  /** An error's {@code Status} as JSON. */
  public static Response error(ApiException error) {
    Response response = json(error.code(), JsonWriter.write(error.status()));
    long retryAfter = error.status().object("details").number("retryAfterSeconds", 0);
    return retryAfter == 0 ? response : response.with("retry-after", Long.toString(retryAfter));
  }

  public Response with(String header, String value) {
    return new Response(status, headers.with(header, value), body);
  }
}
