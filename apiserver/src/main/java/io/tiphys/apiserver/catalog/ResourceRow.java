package io.tiphys.apiserver.catalog;

import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.meta.GroupVersionKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A line of {@code resources.table}, which explains its columns.
 *
 * @param storagePrefix "" if nothing is stored
 */
record ResourceRow(
    GroupVersionKind kind,
    String plural,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    Set<String> verbs,
    String storagePrefix,
    List<Part> parts) {
  private static final int COLUMNS = 8;
  private static final List<String> ALL =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  /** A subresource. */
  record Part(String name, GroupVersionKind kind, Set<String> verbs) {}

  static List<ResourceRow> parse(String table) {
    return table
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> row(line.strip().split("\\s+")))
        .toList();
  }

  private static ResourceRow row(String[] cells) {
    GroupVersionKind kind = GroupVersion.parse(cells[0]).kind(cells[1]);
    List<Part> parts = new ArrayList<>();
    for (int i = COLUMNS; i < cells.length; i++) {
      parts.add(part(cells[i], kind));
    }
    return new ResourceRow(
        kind,
        cells[2],
        cells[3].equals("namespace"),
        list(cells[4]),
        list(cells[5]),
        verbs(cells[6]),
        cells[7].equals("-") ? "" : cells[7],
        parts);
  }

  private static Part part(String cell, GroupVersionKind parent) {
    int colon = cell.indexOf(':');
    String named = colon < 0 ? cell : cell.substring(0, colon);
    Set<String> verbs = verbs(colon < 0 ? "get,patch,update" : cell.substring(colon + 1));
    int equals = named.indexOf('=');
    if (equals < 0) {
      return new Part(named, parent, verbs);
    }
    String kind = named.substring(equals + 1);
    int slash = kind.lastIndexOf('/');
    return new Part(
        named.substring(0, equals),
        GroupVersion.parse(kind.substring(0, slash)).kind(kind.substring(slash + 1)),
        verbs);
  }

  private static Set<String> verbs(String cell) {
    return new TreeSet<>(cell.equals("all") ? ALL : list(cell));
  }

  private static List<String> list(String cell) {
    return cell.equals("-") ? List.of() : Arrays.asList(cell.split(",", -1));
  }
}
