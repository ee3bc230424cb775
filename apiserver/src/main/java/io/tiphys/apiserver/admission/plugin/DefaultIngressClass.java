package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.model.json.JsonObject;

/** Gives ingresses that name no class the default one, if there is one. */
final class DefaultIngressClass implements AdmissionPlugin {
  private static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";
  private static final String LEGACY_CLASS = "kubernetes.io/ingress.class";

  private final StoredObjects objects;

  DefaultIngressClass(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public String name() {
    return "DefaultIngressClass";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.CREATE
        && request.concerns("networking.k8s.io", "ingresses");
  }

  @Override
  public JsonObject mutate(AdmissionRequest request, JsonObject ingress) {
    JsonObject annotations = ingress.object("metadata").object("annotations");
    if (ingress.object("spec").has("ingressClassName") || annotations.has(LEGACY_CLASS)) {
      return ingress;
    }
    return Annotated.newest(objects.cached(Kinds.INGRESS_CLASSES, ""), DEFAULT)
        .map(c -> c.object("metadata").get("name"))
        .map(name -> ingress.withAt(name, "spec", "ingressClassName"))
        .orElse(ingress);
  }
}
