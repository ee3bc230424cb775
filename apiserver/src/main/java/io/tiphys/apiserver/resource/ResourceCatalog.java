package io.tiphys.apiserver.resource;

import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.meta.GroupVersionKind;
import java.util.Collection;
import java.util.Optional;

/** All resources served. Later they come and go with CustomResourceDefinitions. */
public interface ResourceCatalog {

  Optional<ResourceType> find(GroupVersion groupVersion, String resource);

  Optional<ResourceType> find(GroupVersionKind kind);

  /** In the order of discovery: groups and versions by priority, resources by name. */
  Collection<ResourceType> all();

  /** A resource that must exist, in its storage version: for the server's own parts. */
  ResourceType get(String group, String resource);
}
