package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.selector.FieldSelector;
import io.tiphys.model.status.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields by which a resource's objects can be selected; {@code fieldlabels.table}. */
final class FieldLabels {
  private static final Map<String, FieldLabels> TABLE = read();
  private static final FieldLabels COMMON = new FieldLabels(new String[0]);

  private final Map<String, Source> sources = new HashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Source(String[] path, String absent) {}

  private FieldLabels(String[] cells) {
    add("metadata.name");
    add("metadata.namespace");
    for (int i = 1; i < cells.length; i++) {
      add(cells[i]);
    }
  }

  private void add(String cell) {
    int colon = cell.indexOf(':');
    String absent = colon < 0 ? "" : cell.substring(colon + 1);
    String named = colon < 0 ? cell : cell.substring(0, colon);
    int equals = named.indexOf('=');
    String label = equals < 0 ? named : named.substring(0, equals);
    sources.put(label, new Source(named.substring(equals + 1).split("\\.", -1), absent));
  }

  private static Map<String, FieldLabels> read() {
    try (InputStream in = FieldLabels.class.getResourceAsStream("fieldlabels.table")) {
      if (in == null) {
        throw new IllegalStateException("fieldlabels.table is missing from the jar");
      }
      Map<String, FieldLabels> table = new HashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+"))
          .forEach(cells -> table.put(cells[0], new FieldLabels(cells)));
      return Map.copyOf(table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FieldLabels of(ResourceType type) {
    return TABLE.getOrDefault(type.resource().groupResource().toString(), COMMON);
  }

  /**
   * @throws ApiException BadRequest if objects cannot be selected by this field
   */
  void check(String label, ResourceType type) {
    if (!sources.containsKey(label)) {
      throw ApiException.badRequest(
          this == COMMON
              ? JsonString.of(label)
                  + " is not a known field selector: only \"metadata.name\","
                  + " \"metadata.namespace\""
              : "field label not supported: " + label);
    }
  }

  /** The field's value in an object of the storage version. */
  String value(JsonObject object, String label) {
    @Nullable Source source = sources.get(label);
    String text = source == null ? "" : FieldSelector.text(object.at(source.path));
    return text.isEmpty() && source != null ? source.absent : text;
  }
}
