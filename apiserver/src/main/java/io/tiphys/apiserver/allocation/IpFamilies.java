package io.tiphys.apiserver.allocation;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides {@code spec.ipFamilyPolicy} and {@code spec.ipFamilies} of a service from what it asks
 * for and what the cluster offers (dual-stack services, KEP-563). A pure function.
 */
final class IpFamilies {
  private static final FieldPath FAMILIES = FieldPath.of("spec", "ipFamilies");
  private static final FieldPath POLICY = FieldPath.of("spec", "ipFamilyPolicy");

  private final List<IpFamily> offered;

  /**
   * @param offered the cluster's families, the default one first
   */
  IpFamilies(List<IpFamily> offered) {
    this.offered = List.copyOf(offered);
  }

  private boolean dualStack() {
    return offered.size() > 1;
  }

  /** The spec with policy and families filled in, or as it is if there are errors. */
  JsonObject decide(JsonObject spec, @Nullable JsonObject before, FieldErrors errors) {
    List<IpFamily> families = asked(spec, errors);
    String policy = spec.string("ipFamilyPolicy");
    if (!errors.isEmpty()) {
      return spec;
    }
    boolean headless = spec.string("clusterIP").equals("None");
    if (policy.isEmpty()) {
      boolean selectorless = headless && spec.object("selector").isEmpty();
      if (families.size() > 1 || spec.array("clusterIPs").size() > 1) {
        errors.invalid(
            POLICY,
            JsonString.EMPTY,
            "must be RequireDualStack or PreferDualStack when multiple ipFamilies are specified");
        return spec;
      }
      policy = selectorless && families.isEmpty() ? "RequireDualStack" : "SingleStack";
      if (selectorless && families.isEmpty()) {
        families = new ArrayList<>(List.of(offered.getFirst(), offered.getFirst().other()));
        return filled(spec, policy, families);
      }
    } else if (policy.equals("RequireDualStack") && !dualStack() && !headlessAlready(before)) {
      errors.invalid(
          POLICY, JsonString.of(policy), "this cluster is not configured for dual-stack services");
      return spec;
    }
    return filled(spec, policy, completed(families, policy));
  }

  /** A selectorless headless service may require both families on any cluster. */
  private static boolean headlessAlready(@Nullable JsonObject before) {
    return before != null
        && before.string("clusterIP").equals("None")
        && before.string("ipFamilyPolicy").equals("RequireDualStack");
  }

  private List<IpFamily> asked(JsonObject spec, FieldErrors errors) {
    List<IpFamily> families = new ArrayList<>();
    int index = 0;
    boolean headlessBoth =
        spec.string("clusterIP").equals("None") && spec.object("selector").isEmpty();
    for (String name : spec.array("ipFamilies").strings().toList()) {
      IpFamily family = IpFamily.valueOf(name);
      if (!offered.contains(family) && !headlessBoth) {
        errors.invalid(
            FAMILIES.index(index), JsonString.of(name), "not configured on this cluster");
      }
      families.add(family);
      index++;
    }
    index = 0;
    for (String address : spec.array("clusterIPs").strings().toList()) {
      if (!address.equals("None") && !address.isEmpty() && index >= families.size()) {
        IpFamily family = IpFamily.of(address);
        if (!offered.contains(family)) {
          errors.invalid(
              FieldPath.of("spec", "clusterIPs").index(index),
              JsonString.of(address),
              "an address of a family that is not configured on this cluster");
        }
        families.add(family);
      }
      index++;
    }
    return families;
  }

  private List<IpFamily> completed(List<IpFamily> families, String policy) {
    List<IpFamily> all = new ArrayList<>(families);
    if (all.isEmpty()) {
      all.add(offered.getFirst());
    }
    if (!policy.equals("SingleStack") && all.size() == 1 && dualStack()) {
      all.add(all.getFirst().other());
    }
    return policy.equals("SingleStack") ? all.subList(0, 1) : all;
  }

  private static JsonObject filled(JsonObject spec, String policy, List<IpFamily> families) {
    Json names = JsonArray.ofStrings(families.stream().map(IpFamily::name).toList());
    return spec.with("ipFamilyPolicy", policy).with("ipFamilies", names);
  }
}
