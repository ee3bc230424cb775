package io.tiphys.generator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What neither descriptors nor model classes say, from the tables. A row about a type counts for
 * the types that are like it too (an old version of the group), unless they have a row of their
 * own.
 */
final class Facts {
  private final Packages packages;
  private final Table inline = Table.read("inline.txt", 1);
  private final Table names = Table.read("names.txt", 2);
  private final Table kinds = Table.read("kinds.txt", 0);
  private final Table atomic = Table.read("atomic.txt", 0);
  private final Table lists = Table.read("lists.txt", 1);
  private final Table patches = Table.read("patches.txt", 1);
  private final Table enums = Table.read("enums.txt", 1);
  private final Table defaults = Table.read("defaults.txt", 1);
  private final Table zeros = Table.read("zeros.txt", 2);
  private final Table omit = Table.read("omit.txt", 0);

  Facts(Packages packages) {
    this.packages = packages;
  }

  /** How a strategic merge patch treats a field. */
  record Patch(String mergeKey, boolean merge, boolean retainKeys, boolean replace) {
    static final Patch REPLACE = new Patch("", false, false, false);
  }

  void requireAllUsed() {
    for (Table table :
        List.of(inline, names, kinds, atomic, lists, patches, enums, defaults, zeros, omit)) {
      table.requireAllUsed();
    }
  }

  /** Whether JSON shows the fields of a message field's message in its place. */
  boolean inlined(String message, String field) {
    return rows(inline, message).stream().anyMatch(row -> row.contains(field));
  }

  /** Whether a message occurs in JSON only inlined, so that OpenAPI does not know it. */
  boolean onlyInlined(String message) {
    return rows(inline, message).stream().anyMatch(row -> row.contains("-"));
  }

  String jsonName(String message, String field) {
    return rows(names, message).stream()
        .filter(row -> row.getFirst().equals(field))
        .map(row -> row.get(1))
        .findFirst()
        .orElse(field);
  }

  boolean omitted(String type) {
    return !omit.rows(packages.shortName(type)).isEmpty();
  }

  boolean omitted(String message, String field) {
    return !omit.rows(packages.shortName(message) + "." + field).isEmpty();
  }

  boolean kind(String type) {
    return !rows(kinds, type).isEmpty();
  }

  /** The group and version of a kind, as in {@code apiVersion}; core's is {@code /v1}. */
  String groupVersion(String type) {
    List<List<String>> rows = rows(kinds, type);
    Packages.ApiPackage p = packages.of(type);
    return !rows.isEmpty() && !rows.getFirst().isEmpty()
        ? rows.getFirst().getFirst()
        : p.group() + "/" + p.version();
  }

  boolean atomic(String type) {
    return !rows(atomic, type).isEmpty();
  }

  /** Gives lists and maps their topology. */
  FieldType refine(String type, String field, FieldType raw) {
    return switch (raw) {
      case FieldType.MapOf m -> new FieldType.MapOf(m.value(), row(atomic, type, field) != null);
      case FieldType.Struct s -> new FieldType.Struct(s.type(), granular(type, field));
      case FieldType.ListOf l -> {
        List<String> row = row(lists, type, field);
        if (row == null) {
          row = topology(patch(type, field), l);
        }
        yield new FieldType.ListOf(
            l.item(), row.getFirst().toUpperCase(Locale.ROOT), keys(row), l.wrapped());
      }
      default -> raw;
    };
  }

  /** A list that a strategic merge patch merges is not atomic for server-side apply either. */
  private static List<String> topology(Patch patch, FieldType.ListOf list) {
    if (!patch.merge()) {
      return List.of("atomic");
    }
    return list.item() instanceof FieldType.Scalar
        ? List.of("set")
        : List.of("map", patch.mergeKey());
  }

  private boolean granular(String type, String field) {
    List<String> row = row(atomic, type, field);
    return row != null && row.contains("granular");
  }

  private static List<String> keys(List<String> row) {
    return row.size() > 1 ? List.of(row.get(1).split(",", -1)) : List.of();
  }

  /** Rows: {@code type.field strategy,strategy [mergeKey]}. */
  Patch patch(String type, String field) {
    List<String> row = row(patches, type, field);
    if (row == null) {
      return Patch.REPLACE;
    }
    Set<String> strategies = new TreeSet<>(Arrays.asList(row.getFirst().split(",", -1)));
    return new Patch(
        row.size() > 1 ? row.get(1) : "",
        strategies.contains("merge"),
        strategies.contains("retainKeys"),
        strategies.contains("replace"));
  }

  List<String> enumValues(String type, String field) {
    List<String> row = row(enums, type, field);
    return row == null ? List.of() : row;
  }

  /** JSON text; {@code ""} for none. */
  String defaultValue(String type, String field) {
    List<String> row = row(defaults, type, field);
    return row == null ? "" : String.join(" ", row);
  }

  /**
   * Whether a zero differs from absent. What Go code makes a pointer is not in the descriptors:
   * most optional numbers and booleans are pointers, most optional strings are not; the table has
   * the others.
   */
  boolean zeroKept(String type, String field, FieldType raw, boolean required) {
    for (String name : self(type)) {
      for (List<String> row : zeros.rows(packages.shortName(name))) {
        if (row.subList(1, row.size()).contains(field)) {
          return row.getFirst().equals("kept");
        }
      }
    }
    return required
        || switch (raw) {
          case FieldType.Scalar s -> !s.name().equals("STRING") && !s.name().equals("BYTES");
          case FieldType.Struct _ -> true;
          case FieldType.ListOf _, FieldType.MapOf _ -> false;
        };
  }

  private List<List<String>> rows(Table table, String type) {
    for (String name : self(type)) {
      List<List<String>> rows = table.rows(packages.shortName(name));
      if (!rows.isEmpty()) {
        return rows;
      }
    }
    return List.of();
  }

  private @Nullable List<String> row(Table table, String type, String field) {
    for (String name : self(type)) {
      String key = packages.shortName(name) + "." + field;
      if (table.has(key)) {
        return table.rows(key).getFirst();
      }
    }
    return null;
  }

  /** The type and those that it is like, nearest first. */
  private List<String> self(String type) {
    return Stream.concat(Stream.of(type), packages.like(type).stream()).toList();
  }
}
