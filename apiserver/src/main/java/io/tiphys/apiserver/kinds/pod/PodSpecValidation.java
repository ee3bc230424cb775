package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The whole of a {@code PodSpec}: calls the rules of its parts, in upstream's order. */
public final class PodSpecValidation {

  /** Where the spec stands. */
  public enum Use {
    POD,
    /** In a workload: some checks wait until pods are made from it. */
    TEMPLATE
  }

  private PodSpecValidation() {}

  public static void validate(JsonObject spec, FieldPath path, Use use, FieldErrors errors) {
    validate(new Scope(spec, path, errors), use);
  }

  public static void validate(Scope spec, Use use) {
    if (spec.value().isEmpty()) {
      spec.required("containers");
      return;
    }
    PodContext pod = PodContext.of(spec.value(), use == Use.TEMPLATE);
    VolumeRules.validate(spec);
    resourceClaims(spec);
    ContainerRules.validate(spec, pod);
    ResourceRules.pod(spec);
    spec.requiredOneOf("restartPolicy", List.of("Always", "OnFailure", "Never"));
    NetworkRules.validate(spec);
    PodSecurityRules.validate(spec, pod);
    SchedulingRules.validate(spec);
    names(spec);
    spec.range("activeDeadlineSeconds", 1, Integer.MAX_VALUE);
    spec.oneOf("preemptionPolicy", List.of("Never", "PreemptLowerPriority"));
    spec.with("overhead", _ -> overhead(spec));
  }

  private static void names(Scope spec) {
    spec.format("serviceAccountName", Names::dnsSubdomain);
    spec.format("nodeName", Names::dnsSubdomain);
    spec.format("priorityClassName", Names::dnsSubdomain);
    spec.format("runtimeClassName", Names::dnsSubdomain);
    spec.format("schedulerName", Names::qualifiedName);
  }

  private static void overhead(Scope spec) {
    FieldPath at = spec.at("overhead");
    Quantities.list(spec.value().object("overhead"))
        .forEach((name, amount) -> {
          ResourceRules.containerResourceName(name, at.key(name), spec.errors());
          Quantities.checkAmount(name, amount, at.key(name), spec.errors());
        });
  }

  private static void resourceClaims(Scope spec) {
    Set<String> seen = new HashSet<>();
    spec.each(
        "resourceClaims",
        claim -> {
          if (claim.requiredFormat("name", Names::dnsLabel) && !seen.add(claim.string("name"))) {
            claim.errors().duplicate(claim.at("name"), JsonString.of(claim.string("name")));
          }
          boolean direct = claim.has("resourceClaimName");
          boolean template = claim.has("resourceClaimTemplateName");
          if (direct && template) {
            claim
                .errors()
                .invalid(
                    claim.path(),
                    claim.value(),
                    "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be"
                        + " specified");
          } else if (!direct && !template) {
            claim
                .errors()
                .invalid(
                    claim.path(),
                    claim.value(),
                    "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
          }
          claim.format("resourceClaimName", Names::dnsSubdomain);
          claim.format("resourceClaimTemplateName", Names::dnsSubdomain);
        });
  }
}
