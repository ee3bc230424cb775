package io.tiphys.apiserver.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInColumnsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  record Row(String resource, String object, String cells) {
    @Override
    public String toString() {
      return resource + ": " + cells;
    }
  }

  static Stream<Row> rows() throws IOException {
    try (var in = BuiltInColumnsTest.class.getResourceAsStream("rows.txt")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("\n\n"))
          .map(block -> block.lines().filter(l -> !l.startsWith("#")).toList())
          .filter(lines -> lines.size() == 3)
          .map(lines -> new Row(lines.get(0), lines.get(1), lines.get(2)))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void printsTheRow(Row row) {
    int dot = row.resource().indexOf('.');
    GroupResource resource =
        dot < 0
            ? new GroupResource("", row.resource())
            : new GroupResource(
                row.resource().substring(dot + 1), row.resource().substring(0, dot));
    JsonObject object =
        ((JsonObject) Json.parse(row.object()))
            .withAt(JsonString.of("2026-11-20T11:55:30Z"), "metadata", "creationTimestamp");
    List<Column> columns = BuiltInColumns.of(resource);
    String cells =
        columns.stream()
            .map(column -> text(column.cell().of(object, NOW)))
            .collect(Collectors.joining(" | "));
    assertThat(cells.strip()).isEqualTo(row.cells().strip());
  }

  private static String text(Json cell) {
    return cell instanceof JsonString s ? s.value() : cell.toString();
  }
}
