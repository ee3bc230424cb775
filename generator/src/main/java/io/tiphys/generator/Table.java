package io.tiphys.generator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table of this package: a text resource with one row a line, columns separated by blanks, and
 * comments after {@code #}. The first column is the key; rows with one key add up. The table knows
 * which keys were used, so that a row that names nothing fails the build.
 */
final class Table {
  private final String name;
  private final Map<String, List<List<String>>> rows = new LinkedHashMap<>();
  private final Set<String> unused = new LinkedHashSet<>();

  private Table(String name) {
    this.name = name;
  }

  /** Reads a table; every row has at least {@code columns} columns besides the key. */
  static Table read(String name, int columns) {
    Table table = new Table(name);
    int number = 0;
    for (String line : text(name).split("\n", -1)) {
      number++;
      String content = line.replaceFirst("(^|\\s)#.*", "").strip();
      if (content.isEmpty()) {
        continue;
      }
      List<String> cells = List.of(content.split("\\s+", -1));
      if (cells.size() <= columns) {
        throw new IllegalStateException(
            name + ":" + number + ": expected " + columns + " columns after the key: " + line);
      }
      table
          .rows
          .computeIfAbsent(cells.getFirst(), _ -> new ArrayList<>())
          .add(cells.subList(1, cells.size()));
      table.unused.add(cells.getFirst());
    }
    return table;
  }

  private static String text(String name) {
    try (InputStream in = Table.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("table " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read table " + name, e);
    }
  }

  Set<String> keys() {
    return Collections.unmodifiableSet(rows.keySet());
  }

  boolean has(String key) {
    return rows.containsKey(key);
  }

  /** The rows of a key without it; empty if there are none. Marks the key as used. */
  List<List<String>> rows(String key) {
    unused.remove(key);
    return rows.getOrDefault(key, List.of());
  }

  /**
   * @throws IllegalStateException if a row was never asked for: it names no type or field
   */
  void requireAllUsed() {
    if (!unused.isEmpty()) {
      throw new IllegalStateException(name + " names what does not exist: " + unused);
    }
  }
}
