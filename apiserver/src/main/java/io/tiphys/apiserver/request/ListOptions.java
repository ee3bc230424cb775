package io.tiphys.apiserver.request;

import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of lists and watches ({@code meta/v1 ListOptions}).
 *
 * @param labelSelector as sent; "" for all
 * @param fieldSelector as sent; "" for all
 * @param limit objects on a page; 0 for all
 * @param continueToken "" for the first page
 * @param resourceVersion as sent; "" if none
 * @param match how {@code resourceVersion} is meant; "" if nothing was said
 * @param timeoutSeconds after which a watch ends; 0 if nothing was said
 * @param sendInitialEvents empty if nothing was said
 */
public record ListOptions(
    String labelSelector,
    String fieldSelector,
    long limit,
    String continueToken,
    String resourceVersion,
    String match,
    long timeoutSeconds,
    boolean allowWatchBookmarks,
    Optional<Boolean> sendInitialEvents) {
  public static final String EXACT = "Exact";
  public static final String NOT_OLDER_THAN = "NotOlderThan";

  private static final ListOptions NONE =
      new ListOptions("", "", 0, "", "", "", 0, false, Optional.empty());

  /**
   * Reads and checks the parameters.
   *
   * @throws ApiException BadRequest for what is no number, Invalid for what makes no sense together
   */
  public static ListOptions of(Map<String, List<String>> parameters, boolean watch) {
    if (parameters.isEmpty()) {
      return NONE;
    }
    ListOptions options =
        new ListOptions(
            Query.first(parameters, "labelSelector"),
            Query.first(parameters, "fieldSelector"),
            number(parameters, "limit"),
            Query.first(parameters, "continue"),
            Query.first(parameters, "resourceVersion"),
            Query.first(parameters, "resourceVersionMatch"),
            number(parameters, "timeoutSeconds"),
            Query.flag(parameters, "allowWatchBookmarks"),
            parameters.containsKey("sendInitialEvents")
                ? Optional.of(Query.flag(parameters, "sendInitialEvents"))
                : Optional.empty());
    FieldErrors errors = new FieldErrors();
    if (watch) {
      options.checkWatch(errors);
    } else {
      options.checkList(errors);
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid("meta.k8s.io", "ListOptions", "", errors.list());
    }
    return options;
  }

  private static long number(Map<String, List<String>> parameters, String name) {
    String text = Query.first(parameters, name);
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      boolean digits = text.matches("[+-]?[0-9]+");
      throw ApiException.badRequest(
          "strconv.ParseInt: parsing "
              + JsonString.of(text)
              + (digits ? ": value out of range" : ": invalid syntax"));
    }
  }

  private void checkList(FieldErrors errors) {
    FieldPath path = FieldPath.of("resourceVersionMatch");
    if (!match.isEmpty()) {
      if (resourceVersion.isEmpty()) {
        errors.forbidden(
            path, "resourceVersionMatch is forbidden unless resourceVersion is provided");
      }
      if (!continueToken.isEmpty()) {
        errors.forbidden(path, "resourceVersionMatch is forbidden when continue is provided");
      }
      if (!match.equals(EXACT) && !match.equals(NOT_OLDER_THAN)) {
        errors.notSupported(path, JsonString.of(match), List.of(EXACT, NOT_OLDER_THAN, ""));
      }
      if (match.equals(EXACT) && resourceVersion.equals("0")) {
        errors.forbidden(
            path, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
      }
    }
    if (sendInitialEvents.isPresent()) {
      errors.forbidden(
          FieldPath.of("sendInitialEvents"), "sendInitialEvents is forbidden for list");
    }
  }

  private void checkWatch(FieldErrors errors) {
    FieldPath path = FieldPath.of("resourceVersionMatch");
    if (sendInitialEvents.isPresent() && !match.equals(NOT_OLDER_THAN)) {
      errors.forbidden(
          path, "sendInitialEvents requires setting resourceVersionMatch to " + NOT_OLDER_THAN);
    }
    if (!match.isEmpty()) {
      if (sendInitialEvents.isEmpty()) {
        errors.forbidden(
            path,
            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
      }
      if (!match.equals(NOT_OLDER_THAN)) {
        errors.notSupported(path, JsonString.of(match), List.of(NOT_OLDER_THAN));
      }
      if (!continueToken.isEmpty()) {
        errors.forbidden(path, "resourceVersionMatch is forbidden when continue is provided");
      }
    }
  }
}
