package io.tiphys.apiserver.request;

import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;

/** The text form of revisions in requests. */
public final class ResourceVersions {
  private ResourceVersions() {}

  /**
   * The revision; 0 for {@code ""} and {@code "0"}.
   *
   * @throws ApiException BadRequest if the text is no unsigned number
   */
  public static long parse(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    String problem = "invalid syntax";
    if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        problem = "value out of range";
      }
    }
    throw ApiException.badRequest(
        "invalid resource version: resourceVersion: Invalid value: "
            + JsonString.of(text)
            + ": strconv.ParseUint: parsing "
            + JsonString.of(text)
            + ": "
            + problem);
  }
}
