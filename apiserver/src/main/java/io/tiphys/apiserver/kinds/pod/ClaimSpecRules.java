package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Optional;

/** The spec of a PersistentVolumeClaim, also where a pod or StatefulSet has a template of one. */
public final class ClaimSpecRules {
  public static final List<String> ACCESS_MODES =
      List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
  public static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

  private ClaimSpecRules() {}

  public static void validate(Scope spec) {
    accessModes(spec, "at least 1 access mode is required");
    spec.with("selector", LabelRules::selector);
    Optional<Quantity> storage = Quantities.of(spec.value().at("resources", "requests", "storage"));
    FieldPath at = spec.at("resources").key("storage");
    if (storage.isEmpty()) {
      spec.errors().required(at, "");
    } else if (storage.get().sign() <= 0) {
      spec.errors().invalid(at, Quantities.json(storage.get()), "must be greater than zero");
    }
    storageClassName(spec);
    spec.oneOf("volumeMode", VOLUME_MODES);
    spec.format("volumeAttributesClassName", Names::dnsSubdomain);
    dataSources(spec);
  }

  /** The name of a storage class; empty means none on purpose. */
  public static void storageClassName(Scope spec) {
    spec.format("storageClassName", Texts::objectName);
  }

  /** What a claim wants or a volume has: at least one, and ReadWriteOncePod only alone. */
  public static void accessModes(Scope spec, String ifNone) {
    List<Scope.Item> modes = spec.strings("accessModes");
    if (modes.isEmpty()) {
      spec.required("accessModes", ifNone);
    }
    for (Scope.Item mode : modes) {
      if (!ACCESS_MODES.contains(mode.value())) {
        spec.errors()
            .notSupported(spec.at("accessModes"), JsonString.of(mode.value()), ACCESS_MODES);
      }
    }
    if (modes.size() > 1 && modes.stream().anyMatch(m -> m.value().equals("ReadWriteOncePod"))) {
      spec.forbidden("accessModes", "may not use ReadWriteOncePod with other access modes");
    }
  }

  private static void dataSources(Scope spec) {
    for (String field : List.of("dataSource", "dataSourceRef")) {
      spec.with(
          field,
          source -> {
            source.required("name");
            source.required("kind");
            if (source.string("apiGroup").isEmpty()
                && !source.string("kind").equals("PersistentVolumeClaim")) {
              source
                  .errors()
                  .invalid(
                      source.path(),
                      JsonString.of(source.string("kind")),
                      "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
            }
            source.format("apiGroup", Names::dnsSubdomain);
          });
    }
    if (spec.has("dataSource")
        && spec.has("dataSourceRef")
        && !spec.in("dataSourceRef").isSet("namespace")
        && !spec.value().object("dataSource").equals(spec.value().object("dataSourceRef"))) {
      spec.errors().invalid(spec.path(), JsonString.of("dataSource"), "must match dataSourceRef");
    }
  }
}
