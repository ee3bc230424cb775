package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.status.ApiException;

/**
 * Refuses writes in namespaces that do not exist, deletions too. Off unless enabled: {@link
 * NamespaceLifecycle} does nearly all of it.
 */
final class NamespaceExists implements AdmissionPlugin {
  private final StoredObjects objects;

  NamespaceExists(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public String name() {
    return "NamespaceExists";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return !request.namespace().isEmpty();
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject object) {
    validate(request);
    return object;
  }

  @Override
  public void validate(AdmissionRequest request) {
    String name = request.namespace();
    if (objects.cached(Kinds.NAMESPACES, "", name).isEmpty()
        && objects.get(Kinds.NAMESPACES, "", name).isEmpty()) {
      throw ApiException.notFound(Kinds.NAMESPACES, name);
    }
  }
}
