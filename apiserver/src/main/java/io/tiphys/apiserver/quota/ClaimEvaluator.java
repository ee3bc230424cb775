package io.tiphys.apiserver.quota;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.quantity.Quantity;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts persistent volume claims and the storage they ask for, in all and by storage class. */
final class ClaimEvaluator implements Evaluator {
  private static final String CLASS_SUFFIX = ".storageclass.storage.k8s.io/";
  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String STORAGE = "requests.storage";
  private static final Set<String> NAMES = Set.of(CLAIMS, STORAGE, "count/" + CLAIMS);

  @Override
  public GroupResource resource() {
    return new GroupResource("", CLAIMS);
  }

  @Override
  public boolean measures(String name) {
    return NAMES.contains(name)
        || name.endsWith(CLASS_SUFFIX + CLAIMS)
        || name.endsWith(CLASS_SUFFIX + STORAGE);
  }

  /** Claims grow, in spec or in what is allocated for them. */
  @Override
  public boolean charges(boolean creation, String subresource) {
    return subresource.isEmpty() || subresource.equals("status");
  }

  @Override
  public Amounts usage(JsonObject claim) {
    TreeMap<String, Quantity> used = new TreeMap<>();
    used.put(CLAIMS, Quantity.of(1));
    used.put("count/" + CLAIMS, Quantity.of(1));
    String className = storageClass(claim);
    if (!className.isEmpty()) {
      used.put(className + CLASS_SUFFIX + CLAIMS, Quantity.of(1));
    }
    storage(claim)
        .ifPresent(size -> {
          used.put(STORAGE, size);
          if (!className.isEmpty()) {
            used.put(className + CLASS_SUFFIX + STORAGE, size);
          }
        });
    return Amounts.of(used);
  }

  private static String storageClass(JsonObject claim) {
    String annotation = "volume.beta.kubernetes.io/storage-class";
    JsonObject annotations = claim.object("metadata").object("annotations");
    return annotations.has(annotation)
        ? annotations.string(annotation)
        : claim.object("spec").string("storageClassName");
  }

  /** What is asked for, or what is allocated if that is more, in whole bytes. */
  private static Optional<Quantity> storage(JsonObject claim) {
    Quantity allocated =
        Quantities.of(claim.at("status", "allocatedResources", "storage")).orElse(Quantity.ZERO);
    return Quantities.of(claim.at("spec", "resources", "requests", "storage"))
        .map(asked -> asked.compareTo(allocated) >= 0 ? asked : allocated)
        .map(ClaimEvaluator::whole);
  }

  private static Quantity whole(Quantity size) {
    boolean fraction = size.amount().setScale(0, RoundingMode.UP).compareTo(size.amount()) != 0;
    return fraction ? Quantity.of(size.value(), size.format()) : size;
  }

  /** A claim on its way from one volume attributes class to another counts for both. */
  @Override
  public boolean inScope(ScopeTerm term, JsonObject claim) {
    if (!term.scope().equals("VolumeAttributesClass")) {
      return false;
    }
    JsonObject status = claim.object("status");
    Set<String> classes =
        Stream.of(
                claim.object("spec").string("volumeAttributesClassName"),
                status.string("currentVolumeAttributesClassName"),
                status.object("modifyVolumeStatus").string("targetVolumeAttributesClassName"))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    return classes.isEmpty() ? term.matches(null) : classes.stream().anyMatch(term::matches);
  }
}
