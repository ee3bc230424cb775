package io.tiphys.generator;

import io.tiphys.generator.TypeDef.FieldDef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes the English texts as the model's Descriptions reads them: lines of key, tab and text. */
final class DescriptionsWriter {
  private DescriptionsWriter() {}

  static byte[] write(Collection<TypeDef> types) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (TypeDef type : types) {
      line(lines, type.name(), type.description());
      for (FieldDef field : type.fields()) {
        line(lines, type.name() + "/" + field.name(), field.description());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION))) {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void line(StringBuilder lines, String key, String text) {
    if (!text.isEmpty()) {
      String escaped =
          text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
      lines.append(key).append('\t').append(escaped).append('\n');
    }
  }
}
