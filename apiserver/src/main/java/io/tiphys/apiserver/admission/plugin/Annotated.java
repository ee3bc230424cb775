package io.tiphys.apiserver.admission.plugin;

import io.tiphys.model.json.JsonObject;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Objects that an annotation marks as the default of their kind. */
final class Annotated {
  private Annotated() {}

  /** The marked object created last; by name where several are of the same second. */
  static Optional<JsonObject> newest(Collection<JsonObject> objects, String... annotations) {
    return objects.stream()
        .filter(o -> marked(o, annotations))
        .max(
            Comparator.comparing((JsonObject o) -> o.object("metadata").string("creationTimestamp"))
                .thenComparing(
                    o -> o.object("metadata").string("name"), Comparator.reverseOrder()));
  }

  static boolean marked(JsonObject object, String... annotations) {
    JsonObject all = object.object("metadata").object("annotations");
    for (String annotation : annotations) {
      if (all.string(annotation).equals("true")) {
        return true;
      }
    }
    return false;
  }
}
