package io.tiphys.apiserver.request;

import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.meta.GroupVersion;

/**
 * What a request asks for, read from its method and URL alone, before anything is looked up.
 *
 * @param resourceRequest whether the path names a resource; if not, only {@code path} and {@code
 *     verb} (the lower-case method) mean something
 * @param verb get, list, watch, create, update, patch, delete, deletecollection, proxy
 * @param namespace "" for cluster-wide requests
 * @param resource plural name, without subresource
 * @param subresource "" if none
 * @param name "" if none
 * @param rest the path below a proxy subresource, with its leading slash; "" if none
 */
public record RequestInfo(
    boolean resourceRequest,
    String path,
    String verb,
    String group,
    String version,
    String namespace,
    String resource,
    String subresource,
    String name,
    String rest) {

  public GroupVersion groupVersion() {
    return new GroupVersion(group, version);
  }

  public GroupResource groupResource() {
    return new GroupResource(group, resource);
  }

  public boolean readOnly() {
    return switch (verb) {
      case "get", "list", "watch" -> true;
      default -> false;
    };
  }
}
