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
 * no fields; where Kubernetes tells absent from zero, accessors return an Optional. A value of
 * another JSON type than the field's reads as an absent one; a string that is no quantity, time or
 * duration makes its accessor throw a ValueFormatException.
 *
 * <p>The class of each type is generated.
 *
 * @param <V> the class itself
 */
public abstract class View<V extends View<V>> {
  private final JsonObject json;

  protected View(JsonObject json) {
    this.json = json;
  }

  /** The view of another tree. */
  protected abstract V of(JsonObject tree);

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

  protected final int int32(String field) {
    return (int) int64(field);
  }

  protected final long int64(String field) {
    return json.number(field, 0);
  }

  protected final OptionalInt optionalInt32(String field) {
    return json.get(field) instanceof JsonNumber n
        ? OptionalInt.of((int) n.longValue())
        : OptionalInt.empty();
  }

  protected final OptionalLong optionalInt64(String field) {
    return json.get(field) instanceof JsonNumber n
        ? OptionalLong.of(n.longValue())
        : OptionalLong.empty();
  }

  protected final OptionalDouble optionalDouble(String field) {
    return json.get(field) instanceof JsonNumber n
        ? OptionalDouble.of(n.doubleValue())
        : OptionalDouble.empty();
  }

  /** A value that is no plain string, number or boolean. */
  protected final <T> Optional<T> optional(String field, Value<T> value) {
    Json found = json.get(field);
    return found == null || found == JsonNull.NULL
        ? Optional.empty()
        : Optional.of(value.read().apply(found));
  }

  /** A part; {@code like} is any view of its class. */
  protected final <P extends View<P>> P part(String field, P like) {
    return like.of(json.object(field));
  }

  protected final <P extends View<P>> List<P> parts(String field, P like) {
    return new Items<>(json.array(field), item -> like.of(object(item)));
  }

  protected final <P extends View<P>> Map<String, P> partsByName(String field, P like) {
    return entries(field, value -> like.of(object(value)));
  }

  protected final <T> List<T> list(String field, Value<T> item) {
    return new Items<>(json.array(field), item.read());
  }

  protected final <T> Map<String, T> map(String field, Value<T> value) {
    return entries(field, value.read());
  }

  private <T> Map<String, T> entries(String field, Function<Json, T> read) {
    Map<String, T> map = new TreeMap<>();
    json.object(field).forEach((key, value) -> map.put(key, read.apply(value)));
    return map;
  }

  private static JsonObject object(Json value) {
    return value instanceof JsonObject o ? o : JsonObject.EMPTY;
  }

  protected final V with(String field, String value) {
    return of(json.with(field, JsonString.of(value)));
  }

  protected final V with(String field, long value) {
    return of(json.with(field, JsonNumber.of(value)));
  }

  protected final V with(String field, double value) {
    return of(json.with(field, JsonNumber.of(value)));
  }

  protected final V with(String field, boolean value) {
    return of(json.with(field, JsonBool.of(value)));
  }

  protected final V with(String field, View<?> part) {
    return of(json.with(field, part.json));
  }

  protected final <T> V with(String field, T value, Value<T> type) {
    return of(json.with(field, type.write().apply(value)));
  }

  protected final V withParts(String field, Collection<? extends View<?>> parts) {
    return of(json.with(field, JsonArray.of(parts.stream().map(View::json).toList())));
  }

  protected final V withParts(String field, Map<String, ? extends View<?>> parts) {
    JsonObject.Builder object = new JsonObject.Builder(parts.size());
    parts.forEach((key, part) -> object.put(key, part.json()));
    return of(json.with(field, object.build()));
  }

  protected final <T> V withList(String field, Collection<T> items, Value<T> type) {
    return of(json.with(field, JsonArray.of(items.stream().map(type.write()).toList())));
  }

  protected final <T> V withMap(String field, Map<String, T> entries, Value<T> type) {
    JsonObject.Builder object = new JsonObject.Builder(entries.size());
    entries.forEach((key, value) -> object.put(key, type.write().apply(value)));
    return of(json.with(field, object.build()));
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // views of different types are never equal
  public final boolean equals(Object other) {
    return other instanceof View<?> view
        && getClass() == other.getClass()
        && json.equals(view.json);
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

  /** Makes its items when they are read. */
  private static final class Items<T> extends AbstractList<T> implements RandomAccess {
    private final JsonArray items;
    private final Function<Json, T> read;

    Items(JsonArray items, Function<Json, T> read) {
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
}
