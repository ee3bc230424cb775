package io.tiphys.apiserver.authorization;

import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;

/** The answer to requests that are not allowed, in upstream's words. */
public final class Forbidden {
  private Forbidden() {}

  /**
   * {@code pods "x" is forbidden: User "u" cannot get resource "pods" in API group "" in the
   * namespace "n": reason}.
   *
   * @param reason the authorizer's; left out if ""
   */
  public static ApiException of(Attributes attributes, String reason) {
    String why = reason.isEmpty() ? message(attributes) : message(attributes) + ": " + reason;
    return ApiException.forbidden(
        new GroupResource(attributes.group(), attributes.resource()), attributes.name(), why);
  }

  private static String message(Attributes attributes) {
    String user = quoted(attributes.user().name());
    if (!attributes.resourceRequest()) {
      return clean(
          "User " + user + " cannot " + attributes.verb() + " path " + quoted(attributes.path()));
    }
    String resource =
        attributes.subresource().isEmpty()
            ? attributes.resource()
            : attributes.resource() + "/" + attributes.subresource();
    String where =
        attributes.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace " + quoted(attributes.namespace());
    return clean(
        "User "
            + user
            + " cannot "
            + attributes.verb()
            + " resource "
            + quoted(resource)
            + " in API group "
            + quoted(attributes.group())
            + " "
            + where);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  /** The message may be shown by a browser. */
  private static String clean(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
