package io.tiphys.apiserver.kinds.pod;

import static java.util.Map.entry;

import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What clients should know about a pod or template that is accepted all the same. */
public final class PodWarnings {
  private static final Map<String, String> OLD_NODE_LABELS =
      Map.of(
          "beta.kubernetes.io/arch",
          "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
          "beta.kubernetes.io/os",
          "deprecated since v1.14; use \"kubernetes.io/os\" instead",
          "failure-domain.beta.kubernetes.io/region",
          "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
          "failure-domain.beta.kubernetes.io/zone",
          "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
          "beta.kubernetes.io/instance-type",
          "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead");

  private static final Map<String, String> OLD_VOLUMES =
      Map.ofEntries(
          entry("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
          entry("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
          entry("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
          entry("flocker", "deprecated in v1.22, non-functional in v1.25+"),
          entry("storageos", "deprecated in v1.22, non-functional in v1.25+"),
          entry("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
          entry("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
          entry("rbd", "deprecated in v1.28, non-functional in v1.31+"),
          entry("cephfs", "deprecated in v1.28, non-functional in v1.31+"));

  private static final String SECCOMP = "seccomp.security.alpha.kubernetes.io/pod";
  private static final String CONTAINER_SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";
  private static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private final List<String> warnings = new ArrayList<>();

  private PodWarnings() {}

  /** Warnings about a pod. */
  public static List<String> pod(JsonObject pod) {
    PodWarnings all = new PodWarnings();
    all.annotations(pod, FieldPath.of("metadata"));
    all.spec(new Scope(pod.object("spec"), FieldPath.of("spec"), new FieldErrors()));
    return List.copyOf(all.warnings);
  }

  /** Warnings about a template at a path such as {@code spec.template}. */
  public static List<String> template(JsonObject template, FieldPath path) {
    PodWarnings all = new PodWarnings();
    all.annotations(template, path.child("metadata"));
    all.spec(new Scope(template.object("spec"), path.child("spec"), new FieldErrors()));
    return List.copyOf(all.warnings);
  }

  private void add(FieldPath at, String text) {
    warnings.add(at + ": " + text);
  }

  private void annotations(JsonObject pod, FieldPath metadata) {
    for (String key : pod.object("metadata").object("annotations").keys()) {
      FieldPath at = metadata.child("annotations").key(key);
      if (key.equals(SECCOMP) || key.startsWith(CONTAINER_SECCOMP)) {
        add(at, "non-functional in v1.27+; use the \"seccompProfile\" field instead");
      } else if (key.startsWith(APPARMOR) && !hasAppArmor(pod.object("spec"), key)) {
        add(at, "deprecated since v1.30; use the \"appArmorProfile\" field instead");
      }
    }
  }

  private static boolean hasAppArmor(JsonObject spec, String key) {
    String container = key.substring(APPARMOR.length());
    return spec.object("securityContext").has("appArmorProfile")
        || spec.array("containers")
            .objects()
            .filter(c -> c.string("name").equals(container))
            .anyMatch(c -> c.object("securityContext").has("appArmorProfile"));
  }

  private void spec(Scope spec) {
    for (String key : spec.value().object("nodeSelector").keys()) {
      if (OLD_NODE_LABELS.containsKey(key)) {
        add(spec.at("nodeSelector").key(key), OLD_NODE_LABELS.get(key));
      }
    }
    affinity(spec.in("affinity"));
    spec.each(
        "topologySpreadConstraints",
        constraint -> {
          oldLabel(constraint, "topologyKey");
          if (!constraint.has("labelSelector")) {
            add(constraint.at("labelSelector"), "a null labelSelector results in matching no pod");
          }
        });
    duplicates(spec, "hostAliases", "ip");
    imagePullSecrets(spec);
    spec.each("volumes", this::volume);
    for (String list : List.of("initContainers", "containers")) {
      spec.each(list, this::container);
    }
    if (spec.number("terminationGracePeriodSeconds", 0) < 0) {
      add(
          spec.at("terminationGracePeriodSeconds"),
          "must be >= 0; negative values are invalid and will be treated as 1");
    }
  }

  private void oldLabel(Scope scope, String field) {
    String text = OLD_NODE_LABELS.get(scope.string(field));
    if (text != null) {
      add(scope.at(field), scope.string(field) + " is " + text);
    }
  }

  private void affinity(Scope affinity) {
    Scope node = affinity.in("nodeAffinity");
    node.in("requiredDuringSchedulingIgnoredDuringExecution")
        .each("nodeSelectorTerms", term -> term.each("matchExpressions", e -> oldLabel(e, "key")));
    node.each(
        "preferredDuringSchedulingIgnoredDuringExecution",
        preferred -> preferred.in("preference").each("matchExpressions", e -> oldLabel(e, "key")));
  }

  private void duplicates(Scope spec, String list, String key) {
    Set<String> seen = new HashSet<>();
    spec.each(
        list,
        item -> {
          if (!seen.add(item.string(key))) {
            add(item.at(key), "duplicate " + key + " \"" + item.string(key) + "\"");
          }
        });
  }

  private void imagePullSecrets(Scope spec) {
    Set<String> seen = new HashSet<>();
    spec.each(
        "imagePullSecrets",
        secret -> {
          String name = secret.string("name");
          if (name.isEmpty()) {
            add(secret.at("name"), "invalid empty name \"\"");
          } else if (!seen.add(name)) {
            add(secret.at("name"), "duplicate name \"" + name + "\"");
          }
        });
  }

  private void volume(Scope volume) {
    for (String source : volume.value().keys()) {
      if (OLD_VOLUMES.containsKey(source)) {
        add(volume.at(source), OLD_VOLUMES.get(source));
      }
    }
  }

  private void container(Scope container) {
    Set<String> names = new HashSet<>();
    container.each(
        "env",
        env -> {
          if (!names.add(env.string("name"))) {
            add(
                env.path(),
                "hides previous definition of \""
                    + env.string("name")
                    + "\", which may be dropped when using apply");
          }
        });
    ports(container);
    for (String list : List.of("limits", "requests")) {
      FieldPath at = container.in("resources").at(list);
      Map<String, Quantity> amounts =
          Quantities.list(container.value().object("resources").object(list));
      for (String name : List.of("memory", "ephemeral-storage")) {
        Quantity amount = amounts.get(name);
        if (amount != null && amount.asLong().isEmpty()) {
          add(
              at.key(name),
              "fractional byte value \"" + amount + "\" is invalid, must be an integer");
        }
      }
    }
  }

  private void ports(Scope container) {
    Map<String, FieldPath> seen = new HashMap<>();
    container.each(
        "ports",
        port -> {
          String use =
              String.join(
                  "/",
                  port.string("protocol"),
                  port.string("hostIP"),
                  Long.toString(port.number("hostPort", 0)),
                  Long.toString(port.number("containerPort", 0)));
          FieldPath first = seen.putIfAbsent(use, port.path());
          if (first != null) {
            add(port.path(), "duplicate port definition with " + first);
          }
        });
  }
}
