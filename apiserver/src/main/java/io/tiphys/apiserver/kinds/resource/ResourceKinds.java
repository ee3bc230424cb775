package io.tiphys.apiserver.kinds.resource;

import io.tiphys.apiserver.kinds.StatusStrategy;
import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** The strategies of {@code resource.k8s.io} by resource. CEL expressions are not compiled here. */
public final class ResourceKinds {
  public static final String GROUP = "resource.k8s.io";

  public static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "resourceclaims", new ClaimStrategy(),
          "resourceclaims/status", StatusStrategy.checked(ClaimStatusRules::validate),
          "resourceclaimtemplates", new ClaimTemplateStrategy(),
          "deviceclasses", new DeviceClassStrategy(),
          "resourceslices", new SliceStrategy());

  private ResourceKinds() {}
}
