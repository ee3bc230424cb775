package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.ResourceNames;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Environment variables, and the references to a pod's own fields that volumes have too. */
final class EnvRules {
  private static final Set<String> ENV_FIELDS =
      Set.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  private static final Set<String> VOLUME_FIELDS =
      Set.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid");
  private static final Set<String> CONVERTIBLE =
      union(ENV_FIELDS, VOLUME_FIELDS, Set.of("spec.restartPolicy", "spec.schedulerName"));
  private static final Set<String> SOURCES =
      Set.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
  private static final Set<String> ENV_RESOURCES =
      Set.of(
          "limits.cpu",
          "limits.ephemeral-storage",
          "limits.memory",
          "requests.cpu",
          "requests.ephemeral-storage",
          "requests.memory");
  private static final Set<String> CPU_DIVISORS = Set.of("0", "1m", "1");
  private static final Set<String> BYTE_DIVISORS =
      Set.of(
          "0", "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");
  private static final Pattern SUBSCRIPT = Pattern.compile("(.*)\\['(.*)'\\]");

  private EnvRules() {}

  private static Set<String> union(Set<String> a, Set<String> b, Set<String> c) {
    Set<String> all = new TreeSet<>(a);
    all.addAll(b);
    all.addAll(c);
    return Set.copyOf(all);
  }

  static void env(Scope container, PodContext pod) {
    container.each(
        "env",
        env -> {
          env.requiredFormat("name", Names::relaxedEnvVarName);
          env.with("valueFrom", from -> valueFrom(from, env.isSet("value"), pod));
        });
    container.each("envFrom", EnvRules::envFrom);
  }

  private static void valueFrom(Scope from, boolean hasValue, PodContext pod) {
    List<String> sources = from.value().keys().stream().filter(SOURCES::contains).toList();
    if (sources.isEmpty()) {
      from.errors()
          .invalid(
              from.path(),
              JsonString.EMPTY,
              "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`,"
                  + " `secretKeyRef` or `fileKeyRef`");
      return;
    }
    if (hasValue) {
      from.errors()
          .invalid(from.path(), JsonString.EMPTY, "may not be specified when `value` is not empty");
    } else if (sources.size() > 1) {
      from.errors()
          .invalid(
              from.path(),
              JsonString.EMPTY,
              "may not have more than one field specified at a time");
    }
    from.with("fieldRef", ref -> fieldRef(ref, ENV_FIELDS));
    from.with("resourceFieldRef", ref -> resourceFieldRef(ref, false));
    from.with("configMapKeyRef", EnvRules::keyRef);
    from.with("secretKeyRef", EnvRules::keyRef);
    from.with("fileKeyRef", ref -> fileKeyRef(ref, pod));
  }

  private static void keyRef(Scope ref) {
    ref.formatEvenEmpty("name", Texts::objectName);
    ref.requiredFormat("key", Names::configMapKey);
  }

  private static void fileKeyRef(Scope ref, PodContext pod) {
    if (ref.required("volumeName") && ref.known("volumeName", pod.volumes().keySet())) {
      boolean scratch = pod.volumes().get(ref.string("volumeName")).has("emptyDir");
      ref.unless(!scratch, "volumeName", "referenced volume must be of type emptyDir");
    }
    ref.requiredFormat("path", Texts::nonReservedPath);
    ref.requiredFormat("key", Names::relaxedEnvVarName);
  }

  private static void envFrom(Scope from) {
    from.format("prefix", Names::relaxedEnvVarName);
    boolean map = from.has("configMapRef");
    boolean secret = from.has("secretRef");
    if (map && secret) {
      from.errors()
          .invalid(
              from.path(),
              JsonString.EMPTY,
              "may not have more than one field specified at a time");
    } else if (!map && !secret) {
      from.errors()
          .invalid(
              from.path(), JsonString.EMPTY, "must specify one of: `configMapRef` or `secretRef`");
    }
    from.with("configMapRef", ref -> ref.formatEvenEmpty("name", Texts::objectName));
    from.with("secretRef", ref -> ref.formatEvenEmpty("name", Texts::objectName));
  }

  /** A file of a downward API volume. */
  static void volumeItem(Scope item) {
    if (item.has("fieldRef") && item.has("resourceFieldRef")) {
      item.errors()
          .invalid(
              item.path(),
              JsonString.of("resource"),
              "fieldRef and resourceFieldRef can not be specified simultaneously");
    } else if (!item.has("fieldRef") && !item.has("resourceFieldRef")) {
      item.errors().required(item.path(), "one of fieldRef and resourceFieldRef is required");
    }
    item.with("fieldRef", ref -> fieldRef(ref, VOLUME_FIELDS));
    item.with("resourceFieldRef", ref -> resourceFieldRef(ref, true));
  }

  private static void fieldRef(Scope ref, Set<String> allowed) {
    if (!ref.required("apiVersion") || !ref.required("fieldPath")) {
      return;
    }
    String field = ref.string("fieldPath");
    Matcher subscript = SUBSCRIPT.matcher(field);
    if (subscript.matches()) {
      subscript(ref, subscript.group(1), subscript.group(2));
    } else if (!CONVERTIBLE.contains(field)) {
      ref.invalid("fieldPath", "error converting fieldPath: field label not supported: " + field);
    } else {
      ref.oneOf("fieldPath", allowed);
    }
  }

  private static void subscript(Scope ref, String field, String key) {
    switch (field) {
      case "metadata.labels" ->
          Names.qualifiedName(key)
              .forEach(fault -> ref.errors().invalid(ref.path(), JsonString.of(key), fault));
      case "metadata.annotations" ->
          Names.qualifiedName(key.toLowerCase(Locale.ROOT))
              .forEach(fault -> ref.errors().invalid(ref.path(), JsonString.of(key), fault));
      default ->
          ref.errors()
              .invalid(
                  ref.path(), JsonString.of(ref.string("fieldPath")), "does not support subscript");
    }
  }

  private static void resourceFieldRef(Scope ref, boolean volume) {
    if (volume) {
      ref.required("containerName");
    }
    if (!ref.required("resource")) {
      return;
    }
    String resource = ref.string("resource");
    String kind = resource.substring(resource.indexOf('.') + 1);
    boolean hugePages = ResourceNames.isHugePages(kind);
    if (!hugePages && !ref.oneOf("resource", ENV_RESOURCES)) {
      return;
    }
    Set<String> divisors = kind.equals("cpu") ? CPU_DIVISORS : BYTE_DIVISORS;
    String divisor = Trees.text(ref.value().get("divisor"));
    if (!divisor.isEmpty() && !divisors.contains(divisor)) {
      ref.errors()
          .invalid(
              ref.at("divisor"),
              JsonString.of("divisor"),
              kind.equals("cpu")
                  ? "only divisor's values 1m and 1 are supported with the cpu resource"
                  : "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei"
                      + " are supported with the "
                      + (kind.equals("ephemeral-storage") ? "local ephemeral storage" : kind)
                      + " resource");
    }
  }
}
