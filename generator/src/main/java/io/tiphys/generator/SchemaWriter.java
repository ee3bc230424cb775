package io.tiphys.generator;

import io.tiphys.generator.TypeDef.FieldDef;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the types in the compact form that the model's SchemaReader reads: a table of strings; the
 * types, each with the place of its fields; the kinds; the fields. Big endian; strings are referred
 * to by their index, lists are preceded by their size.
 */
final class SchemaWriter {
  private final Map<String, Integer> strings = new LinkedHashMap<>();
  private final Map<String, Integer> typeIndex = new HashMap<>();

  private SchemaWriter() {}

  static byte[] write(Map<String, TypeDef> types) throws IOException {
    return new SchemaWriter().all(types);
  }

  private byte[] all(Map<String, TypeDef> types) throws IOException {
    types.keySet().forEach(name -> typeIndex.put(name, typeIndex.size()));
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    List<Integer> places = new ArrayList<>();
    try (DataOutputStream out = new DataOutputStream(fields)) {
      for (TypeDef type : types.values()) {
        places.add(out.size());
        out.writeShort(type.fields().size());
        for (FieldDef field : type.fields()) {
          field(out, field);
        }
      }
    }
    Map<String, String> kinds = kinds(types);
    types.keySet().forEach(this::string);
    kinds.keySet().forEach(kind -> List.of(kind.split("/", -1)).forEach(this::string));

    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(header)) {
      out.writeInt(strings.size());
      for (String string : strings.keySet()) {
        out.writeUTF(string);
      }
      int headerSize = out.size() + 2 + 7 * types.size() + 2 + 8 * kinds.size();
      out.writeShort(types.size());
      int i = 0;
      for (TypeDef type : types.values()) {
        out.writeShort(string(type.name()));
        out.writeByte(type.atomic() ? 1 : 0);
        out.writeInt(headerSize + places.get(i++));
      }
      out.writeShort(kinds.size());
      for (Map.Entry<String, String> kind : kinds.entrySet()) {
        for (String part : kind.getKey().split("/", -1)) {
          out.writeShort(string(part));
        }
        out.writeShort(typeIndex.get(kind.getValue()));
      }
    }
    header.write(fields.toByteArray());
    return header.toByteArray();
  }

  /** {@code group/version/kind} to type. */
  private static Map<String, String> kinds(Map<String, TypeDef> types) {
    Map<String, String> kinds = new TreeMap<>();
    for (TypeDef type : types.values()) {
      if (type.kind()) {
        kinds.put(type.groupVersion() + "/" + type.simpleName(), type.name());
      }
    }
    return kinds;
  }

  private int string(String value) {
    return strings.computeIfAbsent(value, _ -> strings.size());
  }

  private void field(DataOutputStream out, FieldDef field) throws IOException {
    out.writeShort(string(field.name()));
    out.writeShort(field.number());
    out.writeByte(field.inlined().size());
    for (int number : field.inlined()) {
      out.writeShort(number);
    }
    type(out, field.type());
    out.writeByte(
        (field.required() ? 1 : 0)
            | (field.zeroKept() ? 2 : 0)
            | (field.patchMerge() ? 4 : 0)
            | (field.patchRetainKeys() ? 8 : 0)
            | (field.patchReplace() ? 16 : 0));
    out.writeShort(string(field.patchMergeKey()));
    strings(out, field.enumValues());
    out.writeShort(string(field.defaultValue()));
  }

  private void type(DataOutputStream out, FieldType type) throws IOException {
    switch (type) {
      case FieldType.Scalar s -> {
        out.writeByte('S');
        out.writeShort(string(s.name()));
      }
      case FieldType.Struct s -> {
        out.writeByte(s.granular() ? 'G' : 'T');
        out.writeShort(typeIndex.get(s.type()));
      }
      case FieldType.MapOf m -> {
        out.writeByte('M');
        out.writeBoolean(m.atomic());
        type(out, m.value());
      }
      case FieldType.ListOf l -> {
        out.writeByte('L');
        out.writeShort(string(l.topology()));
        strings(out, l.keys());
        out.writeBoolean(l.wrapped());
        type(out, l.item());
      }
    }
  }

  private void strings(DataOutputStream out, List<String> values) throws IOException {
    out.writeByte(values.size());
    for (String value : values) {
      out.writeShort(string(value));
    }
  }
}
