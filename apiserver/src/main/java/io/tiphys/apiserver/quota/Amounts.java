package io.tiphys.apiserver.quota;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.Quantity;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Amounts of resources by name, sorted: what is used, asked for, or allowed. */
public record Amounts(SortedMap<String, Quantity> byName) {
  public static final Amounts NONE = new Amounts(Collections.emptySortedMap());

  public Amounts {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** A {@code ResourceList}. */
  public static Amounts of(JsonObject list) {
    return new Amounts(new TreeMap<>(Quantities.list(list)));
  }

  public static Amounts of(Map<String, Quantity> byName) {
    return new Amounts(new TreeMap<>(byName));
  }

  public Set<String> names() {
    return byName.keySet();
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  public Quantity get(String name) {
    return byName.getOrDefault(name, Quantity.ZERO);
  }

  public Amounts plus(Amounts other) {
    return joined(other, Quantity::plus);
  }

  /** The larger of both amounts. */
  public Amounts max(Amounts other) {
    return joined(other, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }

  /** These amounts, but the other's where both name the same. */
  public Amounts replacedBy(Amounts other) {
    return joined(other, (_, b) -> b);
  }

  private Amounts joined(Amounts other, BinaryOperator<Quantity> join) {
    if (other.isEmpty()) {
      return this;
    }
    TreeMap<String, Quantity> all = new TreeMap<>(byName);
    other.byName.forEach((name, amount) -> all.merge(name, amount, join));
    return new Amounts(all);
  }

  /** The difference, nothing below zero. */
  public Amounts minus(Amounts other) {
    TreeMap<String, Quantity> all = new TreeMap<>();
    byName.forEach((name, amount) -> {
      Quantity rest = amount.minus(other.get(name));
      all.put(name, rest.sign() < 0 ? Quantity.ZERO : rest);
    });
    return new Amounts(all);
  }

  public Amounts only(Predicate<String> wanted) {
    TreeMap<String, Quantity> some = new TreeMap<>(byName);
    some.keySet().removeIf(wanted.negate());
    return new Amounts(some);
  }

  public Amounts withoutZeros() {
    return only(name -> !get(name).isZero());
  }

  /** The names of which this is more than the limit; what the limit does not name is unlimited. */
  public Set<String> exceeding(Amounts limit) {
    return byName.keySet().stream()
        .filter(name -> limit.byName.containsKey(name))
        .filter(name -> get(name).compareTo(limit.get(name)) > 0)
        .collect(Collectors.toSet());
  }

  /** As refusals show it: {@code cpu=1,pods=2}. */
  public String text() {
    return byName.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(","));
  }

  public JsonObject json() {
    JsonObject.Builder list = new JsonObject.Builder();
    byName.forEach((name, amount) -> list.put(name, Quantities.json(amount)));
    return list.build();
  }
}
