package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.ResourceNames;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.kinds.pod.ResourceRules;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** LimitRanges. */
final class LimitRangeStrategy implements Strategy {
  private static final List<String> LISTS =
      List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

  /** One rule: the first amount of a resource may not be above the second. */
  private record Order(String lower, String upper, String at, String shown, String text) {}

  private static final List<Order> ORDERS =
      List.of(
          new Order("min", "max", "min", "min", "min value %s is greater than max value %s"),
          new Order(
              "min",
              "defaultRequest",
              "defaultRequest",
              "defaultRequest",
              "min value %s is greater than default request value %s"),
          new Order(
              "defaultRequest",
              "max",
              "defaultRequest",
              "defaultRequest",
              "default request value %s is greater than max value %s"),
          new Order(
              "defaultRequest",
              "default",
              "defaultRequest",
              "defaultRequest",
              "default request value %s is greater than default limit value %s"),
          new Order(
              "min", "default", "default", "min", "min value %s is greater than default value %s"),
          new Order(
              "default", "max", "default", "max", "default value %s is greater than max value %s"));

  @Override
  public JsonObject defaults(JsonObject object) {
    return Trees.change(
        object, "spec", spec -> Trees.changeEach(spec, "limits", LimitRangeStrategy::ofLimit));
  }

  /** Containers' defaults follow from each other: limits from max, requests from limits or min. */
  private static JsonObject ofLimit(JsonObject limit) {
    if (!limit.string("type").equals("Container")) {
      return limit;
    }
    JsonObject limits = join(limit.object("default"), limit.object("max"));
    JsonObject requests = join(join(limit.object("defaultRequest"), limits), limit.object("min"));
    JsonObject result = limits.isEmpty() ? limit : limit.with("default", limits);
    return requests.isEmpty() ? result : result.with("defaultRequest", requests);
  }

  private static JsonObject join(JsonObject some, JsonObject more) {
    JsonObject all = some;
    for (int i = 0; i < more.size(); i++) {
      all = Trees.setIfAbsent(all, more.key(i), more.value(i));
    }
    return all;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    Set<String> types = new HashSet<>();
    spec.each(
        "limits",
        limit -> {
          String type = limit.string("type");
          limit.formatEvenEmpty("type", Names::qualifiedName);
          if (!types.add(type)) {
            limit.errors().duplicate(limit.at("type"), JsonString.of(type));
          }
          limit(limit, type);
        });
  }

  private static void limit(Scope limit, String type) {
    Set<String> names = new TreeSet<>();
    for (String list : LISTS) {
      Quantities.list(limit.value().object(list))
          .forEach((name, amount) -> {
            FieldPath at = limit.at(list).key(name);
            names.add(name);
            if (type.equals("Container")) {
              ResourceRules.containerResourceName(name, at, limit.errors());
            } else {
              ResourceRules.resourceName(name, at, limit.errors());
            }
            Quantities.checkAmount(name, amount, at, limit.errors());
          });
    }
    if (type.equals("Pod")) {
      limit.forbidAll(
          List.of("default", "defaultRequest"), "may not be specified when `type` is 'Pod'");
    }
    if (type.equals("PersistentVolumeClaim")
        && !limit.value().object("min").has("storage")
        && !limit.value().object("max").has("storage")) {
      limit
          .errors()
          .required(
              limit.path(),
              "either minimum or maximum storage value is required, but neither was provided");
    }
    names.forEach(name -> orders(limit, name));
  }

  private static void orders(Scope limit, String name) {
    for (Order order : ORDERS) {
      Map<String, Quantity> lower = Quantities.list(limit.value().object(order.lower()));
      Map<String, Quantity> upper = Quantities.list(limit.value().object(order.upper()));
      Quantity low = lower.get(name);
      Quantity high = upper.get(name);
      if (low != null && high != null && low.compareTo(high) > 0) {
        Quantity shown = order.shown().equals(order.lower()) ? low : high;
        limit
            .errors()
            .invalid(
                limit.at(order.at()).key(name),
                Quantities.json(shown),
                order.text().formatted(low, high));
      }
    }
    ratio(limit, name);
    Quantity defaults = amount(limit, "default", name);
    Quantity requests = amount(limit, "defaultRequest", name);
    if (!ResourceNames.mayOvercommit(name)
        && (limit.value().object("default").has(name)
            || limit.value().object("defaultRequest").has(name))
        && !defaults.equals(requests)) {
      limit
          .errors()
          .invalid(
              limit.at("defaultRequest").key(name),
              Quantities.json(requests),
              "default value "
                  + defaults
                  + " must equal to defaultRequest value "
                  + requests
                  + " in "
                  + name);
    }
  }

  private static Quantity amount(Scope limit, String list, String name) {
    return Quantities.of(limit.value().object(list).get(name)).orElse(Quantity.ZERO);
  }

  private static void ratio(Scope limit, String name) {
    if (!limit.value().object("maxLimitRequestRatio").has(name)) {
      return;
    }
    Quantity ratio = amount(limit, "maxLimitRequestRatio", name);
    FieldPath at = limit.at("maxLimitRequestRatio").key(name);
    if (ratio.compareTo(Quantity.of(1)) < 0) {
      limit.errors().invalid(at, Quantities.json(ratio), "ratio " + ratio + " is less than 1");
    }
    Quantity min = amount(limit, "min", name);
    Quantity max = amount(limit, "max", name);
    if (min.sign() > 0 && max.sign() > 0) {
      double most = max.doubleValue() / min.doubleValue();
      if (ratio.doubleValue() > most) {
        limit
            .errors()
            .invalid(
                at,
                Quantities.json(ratio),
                String.format(Locale.ROOT, "ratio %s is greater than max/min = %f", ratio, most));
      }
    }
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }
}
