package io.tiphys.apiserver.stream;

import io.tiphys.apiserver.http.Response;
import io.tiphys.apiserver.http.client.ClientResponse;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What clients are told when a kubelet or pod does not do as asked, in upstream's words. */
final class StreamErrors {
  private static final int MAX_MESSAGE = 50_000;

  private StreamErrors() {}

  /** Nobody answers there. */
  static Response unreachable(IOException cause, boolean upgrade) {
    return Response.error(
        upgrade
            ? unknown("error dialing backend: " + cause.getMessage())
            : ApiException.of(
                Reason.SERVICE_UNAVAILABLE,
                "error trying to reach service: " + cause.getMessage()));
  }

  /** An error without a reason, as upstream makes of one that it has no class for. */
  static ApiException unknown(String message) {
    return ApiException.of(
        JsonObject.of(
            "kind",
            "Status",
            "apiVersion",
            "v1",
            "metadata",
            JsonObject.EMPTY,
            "status",
            "Failure",
            "message",
            message,
            "code",
            500));
  }

  /** The {@code Status} for a kubelet that refuses to change the protocol. */
  static ApiException notUpgraded(ClientResponse response) throws IOException {
    String body = text(response);
    try {
      if (Json.parse(body) instanceof JsonObject status && status.string("kind").equals("Status")) {
        return ApiException.of(status);
      }
    } catch (JsonException e) {
      // It is text, then.
    }
    return ApiException.internal(new IOException("unable to upgrade connection: " + body.strip()));
  }

  /** The {@code Status} for a kubelet that answers a request for a log with an error. */
  static ApiException logRefused(ClientResponse response, String pod) throws IOException {
    String body = text(response);
    if (response.status() == 500) {
      return ApiException.internal(new IOException(body));
    }
    Reason reason = response.status() == 404 ? Reason.NOT_FOUND : Reason.BAD_REQUEST;
    String message =
        switch (response.status()) {
          case 404 -> "the server could not find the requested resource ( pods/log " + pod + ")";
          case 400 -> body.strip();
          default -> "an error on the server (\"" + body + "\") has prevented the request";
        };
    JsonObject cause = JsonObject.of("reason", "UnexpectedServerResponse", "message", body.strip());
    JsonObject details =
        JsonObject.of("name", pod, "kind", "pods/log", "causes", JsonArray.of(cause));
    return ApiException.of(reason, message, details);
  }

  private static String text(ClientResponse response) throws IOException {
    return new String(response.body().readNBytes(MAX_MESSAGE), StandardCharsets.UTF_8);
  }
}
