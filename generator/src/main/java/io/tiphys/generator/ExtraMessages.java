package io.tiphys.generator;

import io.tiphys.generator.Message.MessageField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Messages that the artifact lacks: whole versions that look like another one (table copies.txt)
 * and groups of other components (table messages.txt).
 */
final class ExtraMessages {
  private final Packages packages;

  ExtraMessages(Packages packages) {
    this.packages = packages;
  }

  void addTo(Map<String, Message> messages) {
    define(messages);
    copy(messages);
  }

  /** Rows: {@code type field number fieldType}. */
  private void define(Map<String, Message> messages) {
    Table table = Table.read("messages.txt", 3);
    for (String type : table.keys()) {
      List<MessageField> fields = new ArrayList<>();
      for (List<String> row : table.rows(type)) {
        fields.add(
            new MessageField(Integer.parseInt(row.get(1)), row.get(0), fieldType(row.get(2))));
      }
      String name = packages.full(type);
      if (messages.put(name, new Message(name, List.copyOf(fields))) != null) {
        throw new IllegalStateException("messages.txt defines again: " + name);
      }
    }
  }

  private FieldType fieldType(String text) {
    if (text.startsWith("[]")) {
      return FieldType.listOf(fieldType(text.substring(2)));
    }
    if (text.startsWith("map:")) {
      return new FieldType.MapOf(fieldType(text.substring(4)), false);
    }
    return text.indexOf('.') < 0
        ? new FieldType.Scalar(text)
        : new FieldType.Struct(packages.full(text));
  }

  /** Rows: {@code newPackage oldPackage type...}. */
  private void copy(Map<String, Message> messages) {
    Table table = Table.read("copies.txt", 2);
    for (String target : table.keys()) {
      for (List<String> row : table.rows(target)) {
        String source = packages.full(row.getFirst() + ".");
        List<String> types = row.subList(1, row.size());
        for (String type : types) {
          Message original = messages.get(source + type);
          if (original == null) {
            throw new IllegalStateException("copies.txt names what does not exist: " + type);
          }
          Message copy =
              original.renamed(name -> {
                String simple = name.substring(name.lastIndexOf('.') + 1);
                String own = packages.full(target + "." + simple);
                boolean copied = types.contains(simple) || messages.containsKey(own);
                return name.equals(source + simple) && copied ? own : name;
              });
          messages.put(copy.name(), copy);
        }
      }
    }
  }
}
