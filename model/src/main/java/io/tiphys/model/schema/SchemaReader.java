package io.tiphys.model.schema;

import io.tiphys.model.json.Json;
import io.tiphys.model.meta.GroupVersionKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the resource that the generator's SchemaWriter writes. A type's fields are decoded when
 * somebody asks for them: most processes use a fraction of the types.
 */
final class SchemaReader {
  private final byte[] bytes;
  private final ByteBuffer data;
  private final int[] stringAt;
  private final @Nullable String[] strings;
  private final StructType[] byIndex;
  private final Map<String, StructType> structs;
  private final Map<GroupVersionKind, StructType> kinds;

  private SchemaReader(byte[] bytes) {
    this.bytes = bytes;
    data = ByteBuffer.wrap(bytes);
    stringAt = new int[data.getInt()];
    strings = new String[stringAt.length];
    for (int i = 0; i < stringAt.length; i++) {
      stringAt[i] = data.position();
      data.position(data.position() + 2 + length(data.position()));
    }
    byIndex = new StructType[data.getShort()];
    structs = LinkedHashMap.newLinkedHashMap(byIndex.length);
    for (int i = 0; i < byIndex.length; i++) {
      String name = string(data.getShort());
      boolean atomic = data.get() != 0;
      int fieldsAt = data.getInt();
      byIndex[i] = new StructType(name, atomic, () -> fields(fieldsAt));
      structs.put(name, byIndex[i]);
    }
    int count = data.getShort();
    kinds = LinkedHashMap.newLinkedHashMap(count);
    for (int i = 0; i < count; i++) {
      GroupVersionKind kind =
          new GroupVersionKind(
              string(data.getShort()), string(data.getShort()), string(data.getShort()));
      kinds.put(kind, byIndex[data.getShort()]);
    }
  }

  static SchemaReader load() {
    return new SchemaReader(resource("schema.bin"));
  }

  static byte[] resource(String name) {
    try (InputStream in = SchemaReader.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "resource " + name + " is missing: build module model with Maven, which generates it");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read resource " + name, e);
    }
  }

  Map<String, StructType> structs() {
    return Collections.unmodifiableMap(structs);
  }

  Map<GroupVersionKind, StructType> kinds() {
    return Collections.unmodifiableMap(kinds);
  }

  private int length(int at) {
    return Short.toUnsignedInt(data.getShort(at));
  }

  private String string(int index) {
    String known = strings[index];
    if (known == null) {
      int at = stringAt[index];
      known = new String(bytes, at + 2, length(at), StandardCharsets.UTF_8).intern();
      strings[index] = known;
    }
    return known;
  }

  private List<Field> fields(int at) {
    ByteBuffer in = data.duplicate().position(at);
    int count = in.getShort();
    List<Field> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fields.add(field(in));
    }
    return fields;
  }

  private Field field(ByteBuffer in) {
    String name = string(in.getShort());
    int number = in.getShort();
    List<Integer> inlined = new ArrayList<>();
    for (int n = in.get(); n > 0; n--) {
      inlined.add((int) in.getShort());
    }
    Type type = type(in);
    int flags = in.get();
    String mergeKey = string(in.getShort());
    List<String> enumValues = strings(in);
    String defaultValue = string(in.getShort());
    return new Field(
        name,
        number,
        inlined,
        type,
        (flags & 1) != 0,
        (flags & 2) != 0,
        mergeKey.isEmpty() ? null : mergeKey,
        (flags & 4) != 0,
        (flags & 8) != 0,
        (flags & 16) != 0,
        enumValues,
        defaultValue.isEmpty() ? null : Json.parse(defaultValue));
  }

  private Type type(ByteBuffer in) {
    char tag = (char) in.get();
    return switch (tag) {
      case 'S' -> ScalarType.valueOf(string(in.getShort()));
      case 'T' -> byIndex[in.getShort()];
      case 'G' -> byIndex[in.getShort()].granular();
      case 'M' -> {
        boolean atomic = in.get() != 0;
        yield new MapType(type(in), atomic);
      }
      case 'L' -> {
        ListType.Topology topology = ListType.Topology.valueOf(string(in.getShort()));
        List<String> keys = strings(in);
        boolean wrapped = in.get() != 0;
        yield new ListType(type(in), topology, keys, wrapped);
      }
      default -> throw new IllegalStateException("schema.bin is damaged: type tag " + tag);
    };
  }

  private List<String> strings(ByteBuffer in) {
    List<String> list = new ArrayList<>();
    for (int n = in.get(); n > 0; n--) {
      list.add(string(in.getShort()));
    }
    return list;
  }
}
