package io.tiphys.model.schema;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The English texts of types ({@code type}) and fields ({@code type/field}). Over a megabyte, so
 * they are read when first asked for: only OpenAPI needs them.
 */
final class Descriptions {
  private volatile @Nullable Map<String, String> texts;

  String of(String key) {
    Map<String, String> known = texts;
    if (known == null) {
      known = read();
      texts = known;
    }
    return known.getOrDefault(key, "");
  }

  /** Lines of key, tab, text; the text's own line breaks and backslashes are escaped. */
  private static Map<String, String> read() {
    byte[] packed = SchemaReader.resource("descriptions.z");
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      Map<String, String> texts = new HashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> {
            int tab = line.indexOf('\t');
            texts.put(line.substring(0, tab), line.substring(tab + 1).translateEscapes());
          });
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException("resource descriptions.z is damaged", e);
    }
  }
}
