package io.tiphys.apiserver.quota;

import io.tiphys.apiserver.kinds.ResourceNames;
import io.tiphys.apiserver.kinds.pod.QosClass;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.quantity.Quantity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts pods and what they request; those that have ended count for {@code count/pods} only. */
final class PodEvaluator implements Evaluator {
  private static final String COUNT = "count/pods";
  private static final Set<String> NAMES =
      Set.of(
          COUNT,
          "pods",
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");

  /** Where a quota limits one of these, each container must state it. */
  private static final Set<String> TO_BE_STATED =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  private static final Set<String> COMPUTE = Set.of("cpu", "memory", "ephemeral-storage");

  private final InstantSource clock;

  PodEvaluator(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public GroupResource resource() {
    return new GroupResource("", "pods");
  }

  @Override
  public boolean measures(String name) {
    return NAMES.contains(name)
        || ResourceNames.isHugePages(name)
        || (name.startsWith("requests.") && isExtra(name.substring("requests.".length())));
  }

  private static boolean isExtra(String name) {
    return ResourceNames.isHugePages(name) || ResourceNames.isExtended(name);
  }

  @Override
  public boolean charges(boolean creation, String subresource) {
    return creation ? subresource.isEmpty() : subresource.equals("resize");
  }

  @Override
  public Amounts usage(JsonObject pod) {
    TreeMap<String, Quantity> used = new TreeMap<>();
    used.put(COUNT, Quantity.of(1));
    if (counts(pod)) {
      used.put("pods", Quantity.of(1));
      used.putAll(computed(PodResources.requests(pod), PodResources.limits(pod)));
    }
    return Amounts.of(used);
  }

  /** Requests and limits under the names that quotas have for them. */
  private static Map<String, Quantity> computed(Amounts requests, Amounts limits) {
    TreeMap<String, Quantity> used = new TreeMap<>();
    requests
        .byName()
        .forEach((name, amount) -> {
          boolean compute = COMPUTE.contains(name);
          if (compute || ResourceNames.isHugePages(name)) {
            used.put(name, amount);
          }
          if (compute || isExtra(name)) {
            used.put("requests." + name, amount);
          }
        });
    limits
        .only(COMPUTE::contains)
        .byName()
        .forEach((name, amount) -> used.put("limits." + name, amount));
    return used;
  }

  /** Neither ended nor overdue to end. */
  private boolean counts(JsonObject pod) {
    String phase = pod.object("status").string("phase");
    if (phase.equals("Failed") || phase.equals("Succeeded")) {
      return false;
    }
    JsonObject metadata = pod.object("metadata");
    if (metadata.get("deletionTimestamp") instanceof JsonString since
        && metadata.has("deletionGracePeriodSeconds")) {
      Instant end =
          Instant.parse(since.value())
              .plusSeconds(metadata.number("deletionGracePeriodSeconds", 0));
      return !clock.instant().isAfter(end);
    }
    return true;
  }

  @Override
  public boolean inScope(ScopeTerm term, JsonObject pod) {
    JsonObject spec = pod.object("spec");
    boolean ends = spec.get("activeDeadlineSeconds") instanceof JsonNumber n && n.longValue() >= 0;
    boolean bestEffort = QosClass.of(spec) == QosClass.BEST_EFFORT;
    return switch (term.scope()) {
      case "Terminating" -> ends;
      case "NotTerminating" -> !ends;
      case "BestEffort" -> bestEffort;
      case "NotBestEffort" -> !bestEffort;
      case "PriorityClass" -> term.matches(orNull(spec.string("priorityClassName")));
      case "CrossNamespacePodAffinity" -> crossesNamespaces(spec.object("affinity"));
      default -> false;
    };
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static boolean crossesNamespaces(JsonObject affinity) {
    return Stream.of("podAffinity", "podAntiAffinity")
        .map(affinity::object)
        .flatMap(each ->
            Stream.concat(
                each.array("requiredDuringSchedulingIgnoredDuringExecution").objects(),
                each.array("preferredDuringSchedulingIgnoredDuringExecution")
                    .objects()
                    .map(weighted -> weighted.object("podAffinityTerm"))))
        .anyMatch(term -> !term.array("namespaces").isEmpty() || term.has("namespaceSelector"));
  }

  @Override
  public String missing(Set<String> limited, JsonObject pod) {
    JsonObject spec = pod.object("spec");
    if (!spec.object("resources").isEmpty()) {
      return "";
    }
    TreeMap<String, TreeSet<String>> missing = new TreeMap<>();
    for (String list : List.of("containers", "initContainers")) {
      for (JsonObject container : spec.array(list).objects().toList()) {
        JsonObject resources = container.object("resources");
        Set<String> stated =
            computed(
                    Amounts.of(resources.object("requests")),
                    Amounts.of(resources.object("limits")))
                .keySet();
        limited.stream()
            .filter(TO_BE_STATED::contains)
            .filter(name -> !stated.contains(name))
            .forEach(name ->
                missing.computeIfAbsent(name, _ -> new TreeSet<>()).add(container.string("name")));
      }
    }
    return missing.entrySet().stream()
        .map(e -> e.getKey() + " for: " + String.join(",", e.getValue()))
        .collect(Collectors.joining("; "));
  }
}
