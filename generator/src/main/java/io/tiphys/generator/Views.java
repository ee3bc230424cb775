package io.tiphys.generator;

import io.tiphys.generator.TypeDef.FieldDef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Chooses the types that get views: those of stable versions that objects consist of. */
final class Views {
  /** The list of objects of any kind, whose view would hide Java's List. */
  private static final String ANY_LIST = "io.k8s.api.core.v1.List";

  private Views() {}

  /** Sources by path. */
  static Map<String, String> sources(Map<String, TypeDef> types) {
    Map<String, String> sources = new TreeMap<>();
    for (String name : reachable(types)) {
      TypeDef type = types.get(name);
      if (type != null) {
        String directory = ViewNames.packageOf(name).replace('.', '/') + "/";
        sources.put(directory + ViewNames.simpleName(name) + ".java", ViewWriter.write(type));
        sources.put(
            directory + "package-info.java", ViewWriter.packageInfo(ViewNames.packageOf(name)));
      }
    }
    return sources;
  }

  private static Set<String> reachable(Map<String, TypeDef> types) {
    Set<String> found = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>();
    for (TypeDef type : types.values()) {
      if (type.kind()
          && type.groupVersion().matches(".*/v[0-9]+")
          && !type.name().equals(ANY_LIST)) {
        open.add(type.name());
      }
    }
    while (!open.isEmpty()) {
      String name = open.remove();
      TypeDef type = types.get(name);
      if (type != null && found.add(name)) {
        for (FieldDef field : type.fields()) {
          field
              .type()
              .renamed(target -> {
                open.add(target);
                return target;
              });
        }
      }
    }
    return found;
  }
}
