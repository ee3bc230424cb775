package io.tiphys.model.json;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object: two parallel arrays, sorted by key. Objects are small (rarely over 30 keys) and
 * read far more often than changed, so this is smaller and faster than a hash table.
 */
public final class JsonObject implements Json {
  public static final JsonObject EMPTY = new JsonObject(new String[0], new Json[0]);

  private final String[] keys;
  private final Json[] values;
  private int hash;

  /** Takes the arrays as they are: sorted by key, no key twice. */
  JsonObject(String[] keys, Json[] values) {
    this.keys = keys;
    this.values = values;
  }

  /**
   * An object of the given keys and values, alternating; the values may be String, Integer, Long,
   * Boolean or Json. For literals in code.
   */
  public static JsonObject of(Object... keysAndValues) {
    Builder builder = new Builder();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      builder.put((String) keysAndValues[i], json(keysAndValues[i + 1]));
    }
    return builder.build();
  }

  private static Json json(Object value) {
    return switch (value) {
      case Json j -> j;
      case String s -> JsonString.of(s);
      case Integer i -> JsonNumber.of(i);
      case Long l -> JsonNumber.of(l);
      case Boolean b -> JsonBool.of(b);
      default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
    };
  }

  public static JsonObject ofStrings(Map<String, String> map) {
    Builder builder = new Builder();
    map.forEach((k, v) -> builder.put(k, JsonString.of(v)));
    return builder.build();
  }

  public int size() {
    return keys.length;
  }

  public boolean isEmpty() {
    return keys.length == 0;
  }

  /** The key at a position in sorted order. */
  public String key(int index) {
    return keys[index];
  }

  /** The value at a position in the sorted order of keys. */
  public Json value(int index) {
    return values[index];
  }

  /** The position of a key, or a negative number if it is absent. */
  @SuppressWarnings("ReferenceEquality") // keys are interned: most are found so; the rest below
  public int indexOf(String key) {
    if (keys.length <= 16) {
      for (int i = 0; i < keys.length; i++) {
        if (keys[i] == key) {
          return i;
        }
      }
    }
    return Arrays.binarySearch(keys, key);
  }

  public boolean has(String key) {
    return indexOf(key) >= 0;
  }

  public @Nullable Json get(String key) {
    int i = indexOf(key);
    return i < 0 ? null : values[i];
  }

  /** The value at a path of keys, or null where a step is absent or no object. */
  public @Nullable Json at(String... path) {
    Json value = this;
    for (String key : path) {
      value = value instanceof JsonObject o ? o.get(key) : null;
    }
    return value;
  }

  /** The object under a key; empty where there is none. */
  public JsonObject object(String key) {
    return get(key) instanceof JsonObject o ? o : EMPTY;
  }

  /** The array under a key; empty where there is none. */
  public JsonArray array(String key) {
    return get(key) instanceof JsonArray a ? a : JsonArray.EMPTY;
  }

  /** The string under a key; {@code ""} where there is none. */
  public String string(String key) {
    return get(key) instanceof JsonString s ? s.value() : "";
  }

  /** The boolean under a key; false where there is none. */
  public boolean bool(String key) {
    return get(key) == JsonBool.TRUE;
  }

  /** The number under a key, or {@code absent} where there is none. */
  public long number(String key, long absent) {
    return get(key) instanceof JsonNumber n ? n.longValue() : absent;
  }

  /** The string under a key, if it is one. */
  public Optional<String> optionalString(String key) {
    return get(key) instanceof JsonString s ? Optional.of(s.value()) : Optional.empty();
  }

  /** The string values by key; values of other types are left out. For labels and the like. */
  public Map<String, String> strings() {
    Map<String, String> map = LinkedHashMap.newLinkedHashMap(keys.length);
    for (int i = 0; i < keys.length; i++) {
      if (values[i] instanceof JsonString s) {
        map.put(keys[i], s.value());
      }
    }
    return map;
  }

  public List<String> keys() {
    return List.of(keys);
  }

  public void forEach(BiConsumer<String, Json> action) {
    for (int i = 0; i < keys.length; i++) {
      action.accept(keys[i], values[i]);
    }
  }

  @SuppressWarnings("ReferenceEquality") // what has not changed is the same tree
  public JsonObject with(String key, Json value) {
    int i = indexOf(key);
    if (i >= 0) {
      if (values[i] == value) {
        return this;
      }
      Json[] copy = values.clone();
      copy[i] = value;
      return new JsonObject(keys, copy);
    }
    int at = -i - 1;
    String[] newKeys = new String[keys.length + 1];
    Json[] newValues = new Json[keys.length + 1];
    System.arraycopy(keys, 0, newKeys, 0, at);
    System.arraycopy(values, 0, newValues, 0, at);
    newKeys[at] = key.intern();
    newValues[at] = value;
    System.arraycopy(keys, at, newKeys, at + 1, keys.length - at);
    System.arraycopy(values, at, newValues, at + 1, keys.length - at);
    return new JsonObject(newKeys, newValues);
  }

  public JsonObject with(String key, String value) {
    return with(key, JsonString.of(value));
  }

  public JsonObject with(String key, long value) {
    return with(key, JsonNumber.of(value));
  }

  public JsonObject with(String key, boolean value) {
    return with(key, JsonBool.of(value));
  }

  /** Sets a value deep inside; missing objects on the way are made. */
  public JsonObject withAt(Json value, String... path) {
    return withAt(value, path, 0);
  }

  private JsonObject withAt(Json value, String[] path, int depth) {
    String key = path[depth];
    return with(key, depth == path.length - 1 ? value : object(key).withAt(value, path, depth + 1));
  }

  public JsonObject without(String key) {
    int i = indexOf(key);
    if (i < 0) {
      return this;
    }
    if (keys.length == 1) {
      return EMPTY;
    }
    String[] newKeys = new String[keys.length - 1];
    Json[] newValues = new Json[keys.length - 1];
    System.arraycopy(keys, 0, newKeys, 0, i);
    System.arraycopy(values, 0, newValues, 0, i);
    System.arraycopy(keys, i + 1, newKeys, i, newKeys.length - i);
    System.arraycopy(values, i + 1, newValues, i, newKeys.length - i);
    return new JsonObject(newKeys, newValues);
  }

  /** Removes a value deep inside; an object that becomes empty stays. */
  public JsonObject withoutAt(String... path) {
    return withoutAt(path, 0);
  }

  private JsonObject withoutAt(String[] path, int depth) {
    String key = path[depth];
    if (depth == path.length - 1) {
      return without(key);
    }
    return get(key) instanceof JsonObject o ? with(key, o.withoutAt(path, depth + 1)) : this;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof JsonObject o
            && Arrays.equals(keys, o.keys)
            && Arrays.equals(values, o.values));
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = 31 * Arrays.hashCode(keys) + Arrays.hashCode(values);
      hash = h;
    }
    return h;
  }

  @Override
  public String toString() {
    return JsonWriter.toText(this);
  }

  /** Collects keys and values in any order; a key that is put again replaces its value. */
  public static final class Builder {
    private String[] keys;
    private Json[] values;
    private int size;

    public Builder() {
      this(8);
    }

    public Builder(int expected) {
      keys = new String[expected];
      values = new Json[expected];
    }

    /** Puts a value; returns whether the key was there before. */
    public boolean put(String key, Json value) {
      int at;
      if (size == 0 || keys[size - 1].compareTo(key) < 0) {
        at = size;
      } else {
        at = Arrays.binarySearch(keys, 0, size, key);
        if (at >= 0) {
          values[at] = value;
          return true;
        }
        at = -at - 1;
      }
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, Math.max(8, size * 2));
        values = Arrays.copyOf(values, Math.max(8, size * 2));
      }
      System.arraycopy(keys, at, keys, at + 1, size - at);
      System.arraycopy(values, at, values, at + 1, size - at);
      keys[at] = key.intern();
      values[at] = value;
      size++;
      return false;
    }

    public JsonObject build() {
      if (size == 0) {
        return EMPTY;
      }
      return new JsonObject(Arrays.copyOf(keys, size), Arrays.copyOf(values, size));
    }
  }
}
