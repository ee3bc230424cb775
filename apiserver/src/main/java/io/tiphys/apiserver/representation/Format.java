package io.tiphys.apiserver.representation;

import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.util.Locale;
import java.util.Optional;

/** The encodings of API objects. */
public enum Format {
  JSON("application/json"),
  YAML("application/yaml"),
  PROTOBUF("application/vnd.kubernetes.protobuf");

  private static final String ALL =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  static Optional<Format> of(String mediaType) {
    for (Format format : values()) {
      if (format.mediaType.equals(mediaType)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /**
   * The format of a request's body; JSON if the client does not say.
   *
   * @throws ApiException UnsupportedMediaType
   */
  public static Format ofBody(String contentType) {
    if (contentType.isEmpty()) {
      return JSON;
    }
    return of(withoutParameters(contentType))
        .orElseThrow(() ->
            ApiException.of(
                Reason.UNSUPPORTED_MEDIA_TYPE,
                "the body of the request was in an unknown format - accepted media types"
                    + " include: "
                    + ALL));
  }

  /** {@code application/json} of {@code application/json; charset=utf-8}. */
  public static String withoutParameters(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  static ApiException notAcceptable() {
    return ApiException.of(
        Reason.NOT_ACCEPTABLE, "only the following media types are accepted: " + ALL);
  }
}
