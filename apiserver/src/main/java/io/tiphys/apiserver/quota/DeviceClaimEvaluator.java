package io.tiphys.apiserver.quota;

import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.quantity.Quantity;
import java.util.Map;

/** Counts resource claims and the devices they ask for, by device class (KEP-4381). */
final class DeviceClaimEvaluator implements Evaluator {
  private static final String SUFFIX = ".deviceclass.resource.k8s.io/devices";
  private static final String COUNT = "count/resourceclaims.resource.k8s.io";

  /** How many devices a claim can hold: what a request for all may come to. */
  private static final long ALL = 32;

  @Override
  public GroupResource resource() {
    return new GroupResource("resource.k8s.io", "resourceclaims");
  }

  @Override
  public boolean measures(String name) {
    return name.equals(COUNT) || name.endsWith(SUFFIX);
  }

  @Override
  public boolean charges(boolean creation, String subresource) {
    return subresource.isEmpty();
  }

  @Override
  public Amounts usage(JsonObject claim) {
    Amounts used = Amounts.of(Map.of(COUNT, Quantity.of(1)));
    JsonArray requests = claim.object("spec").object("devices").array("requests");
    for (JsonObject request : requests.objects().toList()) {
      used = used.plus(devices(request));
    }
    return used;
  }

  /** Of alternatives, each class counts with the most that one of them may take. */
  private static Amounts devices(JsonObject request) {
    JsonArray alternatives = request.array("firstAvailable");
    if (alternatives.isEmpty()) {
      return exactly(request.object("exactly"));
    }
    return alternatives
        .objects()
        .map(DeviceClaimEvaluator::exactly)
        .reduce(Amounts.NONE, Amounts::max);
  }

  private static Amounts exactly(JsonObject request) {
    String deviceClass = request.string("deviceClassName");
    if (deviceClass.isEmpty()) {
      return Amounts.NONE;
    }
    long count = request.string("allocationMode").equals("All") ? ALL : request.number("count", 1);
    return Amounts.of(Map.of(deviceClass + SUFFIX, Quantity.of(count)));
  }
}
