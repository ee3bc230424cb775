package io.tiphys.generator;

import java.util.Set;
import javax.lang.model.SourceVersion;

/** Java names for what the API names. */
final class ViewNames {
  private static final String ROOT = "io.tiphys.model.view.";

  /** Methods of View and Object that a field's accessor would collide with. */
  private static final Set<String> TAKEN =
      Set.of(
          "bool",
          "clone",
          "equals",
          "finalize",
          "getClass",
          "has",
          "hashCode",
          "int32",
          "int64",
          "isEmpty",
          "json",
          "list",
          "map",
          "notify",
          "notifyAll",
          "of",
          "part",
          "parts",
          "string",
          "toString",
          "wait",
          "with",
          "without");

  private ViewNames() {}

  /** {@code io.tiphys.model.view.core.v1} for {@code io.k8s.api.core.v1.Pod}. */
  static String packageOf(String type) {
    String[] steps = type.split("\\.", -1);
    return ROOT + steps[steps.length - 3] + "." + steps[steps.length - 2];
  }

  static String simpleName(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** The class of a type as it is written within a package. */
  static String reference(String type, String from) {
    String simple = simpleName(type);
    return packageOf(type).equals(from) ? simple : packageOf(type) + "." + simple;
  }

  /**
   * {@code x-kubernetes-list-type} is {@code xKubernetesListType}, {@code default} is {@code
   * default_}.
   */
  static String method(String field) {
    StringBuilder name = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (Character.isJavaIdentifierPart(c) && c != '$') {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      } else {
        upper = !name.isEmpty();
      }
    }
    name.setCharAt(0, Character.toLowerCase(name.charAt(0)));
    String method = name.toString();
    return SourceVersion.isKeyword(method) || TAKEN.contains(method) ? method + "_" : method;
  }

  static String capital(String method) {
    return Character.toUpperCase(method.charAt(0)) + method.substring(1);
  }
}
