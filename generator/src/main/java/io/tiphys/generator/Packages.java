package io.tiphys.generator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The packages of types that are generated, with their API groups. Table packages.txt. */
final class Packages {
  /**
   * A group's version.
   *
   * @param shortName as the tables write it: {@code core.v1}
   * @param fullName as OpenAPI writes it
   * @param group the API group; {@code ""} for core
   * @param like the packages whose rows in the tables count here too where a type and field have
   *     the same names
   */
  record ApiPackage(
      String shortName, String fullName, String group, String version, List<String> like) {}

  private final Map<String, ApiPackage> byShortName = new LinkedHashMap<>();
  private final Map<String, ApiPackage> byFullName = new LinkedHashMap<>();

  private Packages() {}

  static Packages read() {
    Packages packages = new Packages();
    Table table = Table.read("packages.txt", 4);
    for (String key : table.keys()) {
      List<String> row = table.rows(key).getFirst();
      String group = row.get(1).equals("-") ? "" : row.get(1);
      List<String> like = row.get(3).equals("-") ? List.of() : List.of(row.get(3).split(",", -1));
      ApiPackage p = new ApiPackage(key, row.get(0), group, row.get(2), like);
      packages.byShortName.put(p.shortName(), p);
      packages.byFullName.put(p.fullName(), p);
    }
    return packages;
  }

  /** Whether types of a type's package are generated. */
  boolean has(String type) {
    return byFullName.containsKey(type.substring(0, type.lastIndexOf('.')));
  }

  /** The package of a type by OpenAPI name. */
  ApiPackage of(String type) {
    ApiPackage p = byFullName.get(type.substring(0, type.lastIndexOf('.')));
    if (p == null) {
      throw new IllegalStateException("packages.txt lacks the package of " + type);
    }
    return p;
  }

  /** The OpenAPI name of a type that a table names: {@code core.v1.Pod}. */
  String full(String shortType) {
    int dot = shortType.lastIndexOf('.');
    ApiPackage p = byShortName.get(shortType.substring(0, dot));
    if (p == null) {
      throw new IllegalStateException("packages.txt lacks the package of " + shortType);
    }
    return p.fullName() + shortType.substring(dot);
  }

  /** The name that tables use for a type. */
  String shortName(String type) {
    return has(type) ? of(type).shortName() + type.substring(type.lastIndexOf('.')) : type;
  }

  /** The types of the same name in the packages that this type's package is like. */
  List<String> like(String type) {
    String simple = type.substring(type.lastIndexOf('.'));
    return has(type)
        ? of(type).like().stream().map(like -> full(like + simple)).toList()
        : List.of();
  }
}
