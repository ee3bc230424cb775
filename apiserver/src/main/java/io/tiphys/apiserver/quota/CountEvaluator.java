package io.tiphys.apiserver.quota;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.quantity.Quantity;
import java.util.Map;
import java.util.Set;

/** Counts objects of any kind: {@code count/deployments.apps}; some kinds have a short name too. */
record CountEvaluator(GroupResource resource) implements Evaluator {
  static final String PREFIX = "count/";

  /** Core resources that a quota may name without the prefix. */
  static final Set<String> SHORT =
      Set.of("configmaps", "replicationcontrollers", "resourcequotas", "secrets");

  @Override
  public boolean measures(String name) {
    return name.equals(PREFIX + resource) || (SHORT.contains(name) && name.equals(shortName()));
  }

  private String shortName() {
    return resource.toString();
  }

  @Override
  public boolean charges(boolean creation, String subresource) {
    return creation && subresource.isEmpty();
  }

  @Override
  public Amounts usage(JsonObject object) {
    Quantity one = Quantity.of(1);
    return SHORT.contains(shortName())
        ? Amounts.of(Map.of(PREFIX + resource, one, shortName(), one))
        : Amounts.of(Map.of(PREFIX + resource, one));
  }
}
