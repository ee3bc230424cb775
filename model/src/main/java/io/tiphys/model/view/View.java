package io.tiphys.model.view;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.RandomAccess;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An object of the API, or a part of one, as a Java type: accessors and changed copies over an
 * immutable tree, which stays the only state. A view costs one small allocation.
 *
 * <p>Absent fields read as {@code ""}, 0, false, an empty list or map, or an empty view, which has
 * no fields; where Kubernetes tells absent from zero, accessors return an Optional. The class of
 * each type is generated.
 *
 * @param <V> the class itself
 */
public abstract class View<V extends View<V>> {
  private final JsonObject json;

  protected View(JsonObject json) {
    this.json = json;
  }

  /** The same view of another tree. */
  protected abstract V of(JsonObject changed);

  /** The tree, with all fields, known or not. */
  public final JsonObject json() {
    return json;
  }

  /** Whether no field is set. */
  public final boolean isEmpty() {
    return json.isEmpty();
  }

  /** A copy without a field, by JSON name. */
  public final V without(String field) {
    return of(json.without(field));
  }

  protected final boolean has(String field) {
    Json value = json.get(field);
    return value != null && value != JsonNull.NULL;
  }

  protected final Optional<Json> optional(String field) {
    return has(field) ? Optional.ofNullable(json.get(field)) : Optional.empty();
  }

  /** A string that means more than its text, such as a time. */
  protected final <T> Optional<T> optional(String field, Function<? super Json, T> read) {
    return optional(field).map(read);
  }

  protected final JsonObject object(String field) {
    return json.object(field);
  }

  protected final String string(String field) {
    return json.string(field);
  }

  protected final Optional<String> optionalString(String field) {
    return json.optionalString(field);
  }

  protected final boolean bool(String field) {
    return json.bool(field);
  }

  protected final Optional<Boolean> optionalBool(String field) {
    return json.get(field) instanceof JsonBool b ? Optional.of(b.value()) : Optional.empty();
  }

  protected final long number(String field) {
    return json.number(field, 0);
  }

  protected final OptionalInt optionalInt(String field) {
    return json.get(field) instanceof JsonNumber n
        ? OptionalInt.of((int) n.longValue())
        : OptionalInt.empty();
  }

  protected final OptionalLong optionalLong(String field) {
    return json.get(field) instanceof JsonNumber n
        ? OptionalLong.of(n.longValue())
        : OptionalLong.empty();
  }

  protected final OptionalDouble optionalDouble(String field) {
    return json.get(field) instanceof JsonNumber n
        ? OptionalDouble.of(n.doubleValue())
        : OptionalDouble.empty();
  }

  /** Items are made when they are read. */
  protected final <T> List<T> list(String field, Function<? super Json, T> read) {
    return new Items<>(json.array(field), read);
  }

  protected final <T> List<T> views(String field, Function<? super JsonObject, T> view) {
    return list(field, item -> view.apply(item instanceof JsonObject o ? o : JsonObject.EMPTY));
  }

  protected final <T> Map<String, T> map(String field, Function<? super Json, T> read) {
    Map<String, T> map = new TreeMap<>();
    json.object(field).forEach((key, value) -> map.put(key, read.apply(value)));
    return map;
  }

  protected final V with(String field, Json value) {
    return of(json.with(field, value));
  }

  protected final V with(String field, View<?> value) {
    return of(json.with(field, value.json()));
  }

  protected final V with(String field, String value) {
    return of(json.with(field, value));
  }

  protected final V with(String field, long value) {
    return of(json.with(field, value));
  }

  protected final V with(String field, double value) {
    return of(json.with(field, JsonNumber.of(value)));
  }

  protected final V with(String field, boolean value) {
    return of(json.with(field, value));
  }

  protected final <T> V withList(
      String field, Collection<? extends T> items, Function<? super T, Json> write) {
    return of(
        json.with(field, JsonArray.of(items.stream().map(i -> (Json) write.apply(i)).toList())));
  }

  protected final <T> V withMap(
      String field, Map<String, ? extends T> entries, Function<? super T, Json> write) {
    JsonObject.Builder object = new JsonObject.Builder(entries.size());
    entries.forEach((key, value) -> object.put(key, write.apply(value)));
    return of(json.with(field, object.build()));
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && getClass() == other.getClass() && json.equals(((View<?>) other).json);
  }

  @Override
  public final int hashCode() {
    return json.hashCode();
  }

  /** The tree as JSON text. */
  @Override
  public final String toString() {
    return json.toString();
  }

  private static final class Items<T> extends AbstractList<T> implements RandomAccess {
    private final JsonArray items;
    private final Function<? super Json, T> read;

    Items(JsonArray items, Function<? super Json, T> read) {
      this.items = items;
      this.read = read;
    }

    @Override
    public T get(int index) {
      return read.apply(items.get(index));
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  /** The text of a string; {@code ""} for other values. */
  static String text(Json value) {
    return value instanceof JsonString s ? s.value() : "";
  }
}
