package io.tiphys.apiserver.kinds;

import io.tiphys.model.validation.Names;
import java.util.Set;

/**
 * Names of resources that are counted: cpu, memory, {@code example.com/gpu}, quota items
 * (Kubernetes documentation, "Resource Management for Pods and Containers").
 */
public final class ResourceNames {
  private static final String HUGE_PAGES = "hugepages-";

  private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");

  private static final Set<String> COUNTED_OBJECTS =
      Set.of(
          "pods",
          "services",
          "replicationcontrollers",
          "resourcequotas",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "services.nodeports",
          "services.loadbalancers");

  private static final Set<String> QUOTA_AMOUNTS =
      Set.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.storage",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");

  private static final Set<String> OTHER_STANDARD = Set.of("storage");

  private ResourceNames() {}

  public static boolean isHugePages(String name) {
    return name.startsWith(HUGE_PAGES);
  }

  /** What Kubernetes itself defines. */
  public static boolean isNative(String name) {
    return !name.contains("/") || name.contains("kubernetes.io/");
  }

  /** What device plug-ins and the like offer. */
  public static boolean isExtended(String name) {
    return !isNative(name)
        && !name.startsWith("requests.")
        && Names.qualifiedName("requests." + name).isEmpty();
  }

  /** Whether requests may be below limits. */
  public static boolean mayOvercommit(String name) {
    return isNative(name) && !isHugePages(name);
  }

  public static boolean isStandardForContainers(String name) {
    return CONTAINER.contains(name) || isHugePages(name);
  }

  public static boolean isStandardForQuota(String name) {
    return QUOTA_AMOUNTS.contains(name)
        || COUNTED_OBJECTS.contains(name)
        || isHugePages(name)
        || name.startsWith("requests." + HUGE_PAGES);
  }

  /** Any name that Kubernetes gives a meaning to. */
  public static boolean isStandard(String name) {
    return isStandardForQuota(name) || OTHER_STANDARD.contains(name);
  }

  /** Whether amounts are whole numbers. */
  public static boolean isInteger(String name) {
    return COUNTED_OBJECTS.contains(name) || isExtended(name);
  }
}
