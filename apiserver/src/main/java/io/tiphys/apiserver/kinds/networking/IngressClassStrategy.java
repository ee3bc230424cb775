package io.tiphys.apiserver.kinds.networking;

import io.tiphys.apiserver.kinds.DomainPaths;
import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.Set;

/** IngressClasses. */
final class IngressClassStrategy implements Strategy {
  private static final int MAX_CONTROLLER = 250;
  private static final Set<String> SCOPES = Set.of("Cluster", "Namespace");

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    if (spec.required("controller")) {
      Limits.bytes(spec, "controller", MAX_CONTROLLER);
      spec.format("controller", DomainPaths::faults);
    }
    spec.with("parameters", IngressClassStrategy::parameters);
  }

  private static void parameters(Scope parameters) {
    IngressStrategy.reference(parameters);
    if (!parameters.requiredOneOf("scope", SCOPES)) {
      return;
    }
    if (parameters.string("scope").equals("Cluster")) {
      if (parameters.has("namespace")) {
        parameters.forbidden("namespace", "`parameters.scope` is set to 'Cluster'");
      }
    } else if (parameters.required("namespace", "`parameters.scope` is set to 'Namespace'")) {
      parameters.format("namespace", Names::dnsLabel);
    }
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope.of(updated, errors).in("spec").immutable("controller", current.object("spec"));
  }
}
