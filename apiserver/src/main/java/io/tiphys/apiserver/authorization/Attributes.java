package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.request.RequestInfo;

/**
 * What is to be allowed.
 *
 * @param path for requests that name no resource; else ""
 * @param fieldSelector as sent; "" if none
 * @param labelSelector as sent; "" if none
 */
public record Attributes(
    UserInfo user,
    String verb,
    String group,
    String version,
    String resource,
    String subresource,
    String namespace,
    String name,
    boolean resourceRequest,
    String path,
    String fieldSelector,
    String labelSelector) {

  public static Attributes of(UserInfo user, RequestInfo info) {
    return new Attributes(
        user,
        info.verb(),
        info.group(),
        info.version(),
        info.resource(),
        info.subresource(),
        info.namespace(),
        info.name(),
        info.resourceRequest(),
        info.path(),
        "",
        "");
  }

  /** A question about a resource, asked by the server itself. */
  public static Attributes resource(
      UserInfo user,
      String verb,
      String group,
      String resource,
      String subresource,
      String namespace,
      String name) {
    return new Attributes(
        user, verb, group, "*", resource, subresource, namespace, name, true, "", "", "");
  }
}
