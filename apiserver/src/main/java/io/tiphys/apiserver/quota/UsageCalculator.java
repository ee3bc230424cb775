package io.tiphys.apiserver.quota;

import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Computes from the stored objects how much of a quota is used. */
public final class UsageCalculator {
  private final StoredObjects objects;
  private final List<Evaluator> special;

  public UsageCalculator(StoredObjects objects, InstantSource clock) {
    this.objects = objects;
    this.special =
        List.of(
            new PodEvaluator(clock),
            new ServiceEvaluator(),
            new ClaimEvaluator(),
            new DeviceClaimEvaluator());
  }

  /** What objects of a resource are counted by. */
  public Evaluator evaluator(GroupResource resource) {
    return special.stream()
        .filter(evaluator -> evaluator.resource().equals(resource))
        .findFirst()
        .orElseGet(() -> new CountEvaluator(resource));
  }

  /** What is used of everything that a quota specifies, as the watch cache has the objects. */
  public Amounts used(Quota quota) {
    return used(quota, (_, _) -> Amounts.NONE);
  }

  /**
   * @param besides what else counts of a resource, given its objects
   */
  Amounts used(Quota quota, BiFunction<Evaluator, Collection<JsonObject>, Amounts> besides) {
    Map<GroupResource, Evaluator> needed = new LinkedHashMap<>();
    for (String name : quota.specified().names()) {
      measuring(name).ifPresent(evaluator -> needed.put(evaluator.resource(), evaluator));
    }
    Amounts used = Amounts.NONE;
    for (Evaluator evaluator : needed.values()) {
      used = used.plus(used(quota, evaluator, besides));
    }
    return used;
  }

  private Amounts used(
      Quota quota,
      Evaluator evaluator,
      BiFunction<Evaluator, Collection<JsonObject>, Amounts> besides) {
    Collection<JsonObject> all = objects.cached(evaluator.resource(), quota.namespace());
    Amounts used = Amounts.NONE;
    for (JsonObject object : all) {
      if (quota.inScope(evaluator, object)) {
        used = used.plus(evaluator.usage(object));
      }
    }
    Amounts measured = used.plus(besides.apply(evaluator, all));
    Amounts zeros = quota.specified().only(evaluator::measures);
    zeros = zeros.minus(zeros);
    return zeros.plus(measured.only(zeros.names()::contains));
  }

  private Optional<Evaluator> measuring(String name) {
    Optional<Evaluator> found = special.stream().filter(e -> e.measures(name)).findFirst();
    if (found.isPresent()) {
      return found;
    }
    if (CountEvaluator.SHORT.contains(name)) {
      return Optional.of(new CountEvaluator(new GroupResource("", name)));
    }
    return name.startsWith(CountEvaluator.PREFIX)
        ? counted(name.substring(CountEvaluator.PREFIX.length()))
        : Optional.empty();
  }

  /** The namespaced, stored resource of this name: {@code deployments.apps}. */
  private Optional<Evaluator> counted(String name) {
    return objects.catalog().all().stream()
        .filter(type -> type.namespaced() && !type.stored().storagePrefix().isEmpty())
        .map(ResourceType::stored)
        .map(type -> type.resource().groupResource())
        .filter(resource -> resource.toString().equals(name))
        .findFirst()
        .map(CountEvaluator::new);
  }
}
