package io.tiphys.apiserver.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a request's method and URL by upstream's rules ({@code RequestInfoFactory}): {@code
 * /api/VERSION/...} and {@code /apis/GROUP/VERSION/...} name resources, all else does not; {@code
 * /watch/} after the version is the old way to ask for a watch.
 */
public final class RequestInfoResolver {
  private RequestInfoResolver() {}

  /**
   * What a request asks for.
   *
   * @param path as sent, percent-encoded
   * @param parameters the decoded query
   */
  public static RequestInfo resolve(
      String method, String path, Map<String, List<String>> parameters) {
    String decoded = Query.decodePath(path);
    List<String> parts = split(decoded);
    boolean core = !parts.isEmpty() && parts.getFirst().equals("api");
    boolean grouped = !parts.isEmpty() && parts.getFirst().equals("apis");
    if (!(core && parts.size() >= 3) && !(grouped && parts.size() >= 4)) {
      return other(method, decoded);
    }
    String group = core ? "" : parts.get(1);
    int at = core ? 1 : 2;
    String version = parts.get(at++);
    String verb = verb(method);
    boolean oldWatch = parts.get(at).equals("watch");
    if (oldWatch || parts.get(at).equals("proxy")) {
      verb = parts.get(at++);
      if (at >= parts.size()) {
        return other(method, decoded);
      }
    }
    String namespace = "";
    if (parts.get(at).equals("namespaces") && parts.size() > at + 1) {
      namespace = parts.get(at + 1);
      if (parts.size() > at + 2 && !isNamespaceSubresource(parts.get(at + 2))) {
        at += 2;
      }
    }
    String resource = parts.get(at);
    String name = parts.size() > at + 1 ? parts.get(at + 1) : "";
    String subresource = parts.size() > at + 2 && !verb.equals("proxy") ? parts.get(at + 2) : "";
    String rest = subresource.isEmpty() ? "" : below(path, at + 3);
    if (name.isEmpty() && verb.equals("get")) {
      verb = Query.flag(parameters, "watch") ? "watch" : "list";
    } else if (name.isEmpty() && verb.equals("delete")) {
      verb = "deletecollection";
    }
    if (name.isEmpty()
        && (verb.equals("list") || verb.equals("watch") || verb.equals("deletecollection"))) {
      name = nameOf(Query.first(parameters, "fieldSelector"));
    }
    return new RequestInfo(
        true, decoded, verb, group, version, namespace, resource, subresource, name, rest);
  }

  private static RequestInfo other(String method, String path) {
    String verb = method.toLowerCase(java.util.Locale.ROOT);
    return new RequestInfo(false, path, verb, "", "", "", "", "", "", "");
  }

  private static String verb(String method) {
    return switch (method) {
      case "POST" -> "create";
      case "GET", "HEAD" -> "get";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> "";
    };
  }

  private static boolean isNamespaceSubresource(String segment) {
    return segment.equals("status") || segment.equals("finalize");
  }

  /** A field selector for one name narrows the request to that object, for the authorizers. */
  private static String nameOf(String fieldSelector) {
    if (!fieldSelector.contains("metadata.name=")) {
      return "";
    }
    for (String term : fieldSelector.split(",", -1)) {
      if (term.startsWith("metadata.name=")) {
        String value = term.substring("metadata.name=".length());
        return value.startsWith("=") ? value.substring(1) : value;
      }
    }
    return "";
  }

  private static List<String> split(String path) {
    List<String> parts = new ArrayList<>(8);
    int from = 0;
    int end = path.length();
    while (from < end && path.charAt(from) == '/') {
      from++;
    }
    while (end > from && path.charAt(end - 1) == '/') {
      end--;
    }
    while (from < end) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 || slash > end ? end : slash;
      parts.add(path.substring(from, to));
      from = to + 1;
    }
    return parts;
  }

  /** What follows the given number of segments, with its slash. */
  private static String below(String path, int segments) {
    int at = 0;
    for (int i = 0; i < segments; i++) {
      at = path.indexOf('/', at + 1);
      if (at < 0) {
        return "";
      }
    }
    return path.substring(at);
  }
}
