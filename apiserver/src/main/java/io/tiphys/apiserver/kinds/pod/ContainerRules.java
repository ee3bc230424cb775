package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Regular, init and ephemeral containers: what all have, and what each kind of them may not. */
final class ContainerRules {
  private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
  private static final List<String> MESSAGE_POLICIES = List.of("FallbackToLogsOnError", "File");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");
  private static final List<String> NOT_FOR_EPHEMERAL =
      List.of(
          "lifecycle",
          "livenessProbe",
          "ports",
          "readinessProbe",
          "resizePolicy",
          "resources",
          "restartPolicyRules",
          "startupProbe");

  private final PodContext pod;
  private final Set<String> names = new HashSet<>();
  private final Set<String> hostPorts = new HashSet<>();

  private ContainerRules(PodContext pod) {
    this.pod = pod;
  }

  static void validate(Scope spec, PodContext pod) {
    ContainerRules rules = new ContainerRules(pod);
    if (spec.value().array("containers").isEmpty()) {
      spec.required("containers");
    }
    spec.each("containers", rules::regular);
    spec.each("initContainers", rules::init);
    spec.each("ephemeralContainers", rules::ephemeral);
  }

  private void regular(Scope container) {
    common(container);
    container.with("lifecycle", lifecycle -> HandlerRules.lifecycle(lifecycle, pod));
    HandlerRules.probes(container);
    container.oneOf("restartPolicy", RESTART_POLICIES);
    restartRules(container);
    container.each("ports", port -> hostPort(port));
  }

  private void init(Scope container) {
    common(container);
    restartRules(container);
    if (container.string("restartPolicy").equals("Always")) {
      container.with("lifecycle", lifecycle -> HandlerRules.lifecycle(lifecycle, pod));
      HandlerRules.probes(container);
      container.each("ports", port -> hostPort(port));
    } else {
      container.oneOf("restartPolicy", RESTART_POLICIES);
      container.forbidAll(
          PROBES, "may not be set for init containers without restartPolicy=Always");
      container.forbidAll(
          List.of("lifecycle"), "may not be set for init containers without restartPolicy=Always");
    }
  }

  private void ephemeral(Scope container) {
    common(container);
    container.forbidAll(NOT_FOR_EPHEMERAL, "cannot be set for an Ephemeral Container");
    if (container.isSet("restartPolicy")) {
      container.forbidden("restartPolicy", "cannot be set for an Ephemeral Container");
    }
    container.each(
        "volumeMounts",
        mount ->
            mount.forbidAll(
                List.of("subPath", "subPathExpr"), "cannot be set for an Ephemeral Container"));
    String target = container.string("targetContainerName");
    if (!target.isEmpty() && !isTarget(target)) {
      container
          .errors()
          .add(FieldError.notFound(container.at("targetContainerName"), JsonString.of(target)));
    }
  }

  private boolean isTarget(String name) {
    return Stream.of("containers", "initContainers")
        .flatMap(list -> pod.spec().array(list).objects())
        .anyMatch(container -> container.string("name").equals(name));
  }

  private void common(Scope container) {
    if (container.requiredFormat("name", Names::dnsLabel) && !names.add(container.string("name"))) {
      container.errors().duplicate(container.at("name"), JsonString.of(container.string("name")));
    }
    if (container.required("image") && !pod.template()) {
      container.format("image", Texts::trimmed);
    }
    container.requiredOneOf("terminationMessagePolicy", MESSAGE_POLICIES);
    ports(container);
    EnvRules.env(container, pod);
    MountRules.validate(container, pod);
    container.requiredOneOf("imagePullPolicy", PULL_POLICIES);
    container.with("resources", resources -> ResourceRules.container(resources, pod.claims()));
    resizePolicy(container);
    container.with("securityContext", context -> ContainerSecurityRules.validate(context, pod));
  }

  private static void ports(Scope container) {
    Set<String> seen = new HashSet<>();
    container.each(
        "ports",
        port -> {
          String name = port.string("name");
          if (port.format("name", Names::portName) && !name.isEmpty() && !seen.add(name)) {
            port.errors().duplicate(port.at("name"), JsonString.of(name));
          }
          if (port.required("containerPort")) {
            port.range("containerPort", 1, 65_535);
          }
          if (port.isSet("hostPort")) {
            port.range("hostPort", 1, 65_535);
          }
          port.requiredOneOf("protocol", PROTOCOLS);
        });
  }

  private void hostPort(Scope port) {
    long hostPort = port.number("hostPort", 0);
    if (pod.hostNetwork() && hostPort != port.number("containerPort", 0) && !pod.template()) {
      port.errors()
          .invalid(
              port.at("containerPort"),
              JsonNumber.of(port.number("containerPort", 0)),
              "must match `hostPort` when `hostNetwork` is true");
    }
    if (hostPort != 0) {
      String use = port.string("protocol") + "/" + port.string("hostIP") + "/" + hostPort;
      if (!hostPorts.add(use)) {
        port.errors().duplicate(port.at("hostPort"), JsonString.of(use));
      }
    }
  }

  private static void resizePolicy(Scope container) {
    Set<String> seen = new HashSet<>();
    container.each(
        "resizePolicy",
        policy -> {
          if (policy.requiredOneOf("resourceName", List.of("cpu", "memory"))
              && !seen.add(policy.string("resourceName"))) {
            policy.errors().duplicate(policy.path(), JsonString.of(policy.string("resourceName")));
          }
          policy.requiredOneOf("restartPolicy", List.of("NotRequired", "RestartContainer"));
        });
  }

  private static void restartRules(Scope container) {
    if (container.isSet("restartPolicyRules") && !container.isSet("restartPolicy")) {
      container.required("restartPolicy", "must specify restartPolicy when restart rules are used");
    }
    if (container.value().array("restartPolicyRules").size() > 20) {
      container
          .errors()
          .add(
              FieldError.tooMany(
                  container.at("restartPolicyRules"),
                  container.value().array("restartPolicyRules").size(),
                  20));
    }
    container.each(
        "restartPolicyRules",
        rule -> {
          rule.requiredOneOf("action", List.of("Restart", "RestartAllContainers"));
          if (rule.has("exitCodes")) {
            exitCodes(rule.in("exitCodes"));
          } else {
            rule.required("exitCodes", "must be specified");
          }
        });
  }

  private static void exitCodes(Scope codes) {
    codes.requiredOneOf("operator", List.of("In", "NotIn"));
    int count = codes.value().array("values").size();
    if (count > 255) {
      codes.errors().add(FieldError.tooMany(codes.at("values"), count, 255));
    }
  }
}
