package io.tiphys.apiserver.rest;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the next page of a list begins; opaque to clients, laid out as upstream's.
 *
 * @param revision the list's; {@value #LATEST} to go on with whatever is there now
 * @param start the key from which to go on, below the list's prefix
 */
record ContinueToken(long revision, String start) {
  static final long LATEST = -1;

  private static final String VERSION = "meta.k8s.io/v1";

  /** Goes on after the object of this key. */
  static ContinueToken after(String key, String prefix, long revision) {
    return new ContinueToken(revision, key.substring(prefix.length()) + '\0');
  }

  String encode() {
    JsonObject tree = JsonObject.of("v", VERSION, "rv", revision, "start", start);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(tree.toBytes());
  }

  /**
   * @throws ApiException BadRequest
   */
  static ContinueToken decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw invalid("illegal base64 data at input byte " + firstBad(text));
    }
    try {
      if (Json.parse(bytes) instanceof JsonObject tree) {
        return of(tree);
      }
    } catch (JsonException e) {
      throw invalid(e.getMessage());
    }
    throw invalid("not an object");
  }

  private static int firstBad(String text) {
    int at = 0;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "-_".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return at;
  }

  private static ContinueToken of(JsonObject tree) {
    if (!tree.string("v").equals(VERSION)) {
      throw invalid("server does not recognize this encoded version " + tree.string("v"));
    }
    long revision = tree.number("rv", 0);
    String start = tree.string("start");
    if (revision == 0) {
      throw invalid("incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
    }
    if (start.isEmpty()) {
      throw invalid("encoded start key empty (version meta.k8s.io/v1)");
    }
    // No token can leave the list it was made for.
    if (start.startsWith("/") || ("/" + start + "/").contains("/../")) {
      throw invalid(start);
    }
    return new ContinueToken(revision, start);
  }

  private static ApiException invalid(String why) {
    return ApiException.badRequest("invalid continue token: continue key is not valid: " + why);
  }

  /** The answer to a token whose revision is gone, with another token to go on inconsistently. */
  ApiException expired() {
    String message =
        "The provided continue parameter is too old to display a consistent list result. You can"
            + " start a new list without the continue parameter, or use the continue token in this"
            + " response to retrieve the remainder of the results. Continuing with the provided"
            + " token results in an inconsistent list - objects that were created, modified, or"
            + " deleted between the time the first chunk was returned and now may show up in the"
            + " list.";
    JsonObject status = ApiException.of(io.tiphys.model.status.Reason.EXPIRED, message).status();
    return ApiException.of(
        status.with(
            "metadata", JsonObject.of("continue", new ContinueToken(LATEST, start).encode())));
  }
}
