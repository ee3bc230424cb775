package io.tiphys.apiserver.pipeline;

import io.tiphys.apiserver.http.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Finds the token in a request. */
final class BearerToken {
  private static final String SCHEME = "bearer ";

  /** Browsers can set no headers on WebSockets, but protocols. */
  private static final String PROTOCOL = "base64url.bearer.authorization.k8s.io.";

  private BearerToken() {}

  /** The token; "" if there is none. */
  static String of(RequestHead request) {
    String header = request.header("authorization");
    if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return header.substring(SCHEME.length()).strip();
    }
    String protocols = request.header("sec-websocket-protocol");
    return protocols == null ? "" : ofProtocols(protocols);
  }

  private static String ofProtocols(String protocols) {
    for (String protocol : protocols.split(",", -1)) {
      String name = protocol.strip();
      if (name.startsWith(PROTOCOL)) {
        try {
          byte[] token = Base64.getUrlDecoder().decode(name.substring(PROTOCOL.length()));
          return new String(token, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          // What is no token is sent on as one that nobody knows, and so refused.
          return name;
        }
      }
    }
    return "";
  }
}
