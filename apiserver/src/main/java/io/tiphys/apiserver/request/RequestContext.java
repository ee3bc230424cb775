package io.tiphys.apiserver.request;

import io.tiphys.apiserver.identity.UserInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What travels with a request through the pipeline after authentication.
 *
 * @param user whom the request acts for (the impersonated user, if any)
 * @param requestor who really sent it
 * @param parameters decoded query parameters, in order
 * @param userAgent "" if none was sent
 * @param received when the request arrived
 * @param warnings texts for {@code Warning: 299} headers; any step may add
 */
public record RequestContext(
    RequestInfo info,
    UserInfo user,
    UserInfo requestor,
    Map<String, List<String>> parameters,
    String userAgent,
    String auditId,
    Instant received,
    CopyOnWriteArrayList<String> warnings) {

  /** A query parameter's first value; "" if absent. */
  public String parameter(String name) {
    List<String> values = parameters.get(name);
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  /** Adds a warning for the client, once. */
  public void warn(String text) {
    warnings.addIfAbsent(text);
  }
}
