package io.tiphys.model.json;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.Stream;

/** A JSON array. */
public final class JsonArray implements Json, Iterable<Json> {
  public static final JsonArray EMPTY = new JsonArray(new Json[0]);

  private final Json[] items;
  private int hash;

  private JsonArray(Json[] items) {
    this.items = items;
  }

  public static JsonArray of(Json... items) {
    return items.length == 0 ? EMPTY : new JsonArray(items.clone());
  }

  public static JsonArray of(Collection<? extends Json> items) {
    return items.isEmpty() ? EMPTY : new JsonArray(items.toArray(new Json[0]));
  }

  public static JsonArray ofStrings(Collection<String> items) {
    return of(items.stream().map(JsonString::of).toList());
  }

  public int size() {
    return items.length;
  }

  public boolean isEmpty() {
    return items.length == 0;
  }

  /**
   * The item at a position.
   *
   * @throws ArrayIndexOutOfBoundsException if there is none
   */
  public Json get(int index) {
    return items[index];
  }

  @SuppressWarnings("ReferenceEquality") // what has not changed is the same tree
  public JsonArray with(int index, Json value) {
    if (items[index] == value) {
      return this;
    }
    Json[] copy = items.clone();
    copy[index] = value;
    return new JsonArray(copy);
  }

  public JsonArray append(Json value) {
    Json[] copy = Arrays.copyOf(items, items.length + 1);
    copy[items.length] = value;
    return new JsonArray(copy);
  }

  public JsonArray without(int index) {
    Json[] copy = new Json[items.length - 1];
    System.arraycopy(items, 0, copy, 0, index);
    System.arraycopy(items, index + 1, copy, index, copy.length - index);
    return copy.length == 0 ? EMPTY : new JsonArray(copy);
  }

  /** An unmodifiable view. */
  public List<Json> list() {
    return new View();
  }

  public Stream<Json> stream() {
    return Arrays.stream(items);
  }

  /** The items that are objects; others are left out. */
  public Stream<JsonObject> objects() {
    return stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
  }

  /** The items that are strings; others are left out. */
  public Stream<String> strings() {
    return stream()
        .filter(JsonString.class::isInstance)
        .map(JsonString.class::cast)
        .map(JsonString::value);
  }

  @Override
  public Iterator<Json> iterator() {
    return list().iterator();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof JsonArray a && Arrays.equals(items, a.items));
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = Arrays.hashCode(items);
      hash = h;
    }
    return h;
  }

  @Override
  public String toString() {
    return JsonWriter.toText(this);
  }

  private final class View extends AbstractList<Json> implements RandomAccess {
    @Override
    public Json get(int index) {
      return items[index];
    }

    @Override
    public int size() {
      return items.length;
    }
  }
}
