package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A pod's {@code securityContext}, host namespaces, and what its operating system excludes. */
final class PodSecurityRules {
  private static final List<String> HOST_NAMESPACES = List.of("hostNetwork", "hostPID", "hostIPC");
  private static final List<String> LINUX_ONLY_IN_SPEC =
      List.of("hostPID", "hostIPC", "hostNetwork", "shareProcessNamespace", "hostUsers");
  private static final List<String> LINUX_ONLY =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "fsGroup",
          "fsGroupChangePolicy",
          "sysctls",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "supplementalGroupsPolicy");
  private static final Pattern SYSCTL =
      Pattern.compile("([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?");
  private static final String SYSCTL_TEXT =
      "must have at most 253 characters and match regex"
          + " ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

  private PodSecurityRules() {}

  static void validate(Scope spec, PodContext pod) {
    spec.with("securityContext", context -> context(context, spec.value()));
    if (spec.value().bool("shareProcessNamespace") && spec.value().bool("hostPID")) {
      spec.invalid(
          "shareProcessNamespace", "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    if (pod.ownUsers()) {
      for (String namespace : HOST_NAMESPACES) {
        if (spec.value().bool(namespace)) {
          spec.forbidden(namespace, "when `hostUsers` is false");
        }
      }
    }
    spec.with("os", os -> os.requiredOneOf("name", List.of("linux", "windows")));
    if (pod.os().equals("windows")) {
      for (String field : LINUX_ONLY_IN_SPEC) {
        if (spec.isSet(field) || (field.equals("hostUsers") && spec.has(field))) {
          spec.forbidden(field, "cannot be set for a windows pod");
        }
      }
      spec.in("securityContext").forbidAll(LINUX_ONLY, "cannot be set for a windows pod");
    } else if (pod.os().equals("linux") && spec.in("securityContext").has("windowsOptions")) {
      spec.in("securityContext")
          .forbidden("windowsOptions", "windows options cannot be set for a linux pod");
    }
  }

  private static void context(Scope context, JsonObject spec) {
    long max = ContainerSecurityRules.MAX_ID;
    context.range("fsGroup", 0, max);
    context.range("runAsUser", 0, max);
    context.range("runAsGroup", 0, max);
    groups(
        context.value().array("supplementalGroups"),
        context.at("supplementalGroups"),
        context.errors());
    context.oneOf("fsGroupChangePolicy", List.of("Always", "OnRootMismatch"));
    context.oneOf("supplementalGroupsPolicy", List.of("Merge", "Strict"));
    context.oneOf("seLinuxChangePolicy", List.of("MountOption", "Recursive"));
    context.with("seccompProfile", ContainerSecurityRules::seccomp);
    context.with("appArmorProfile", ContainerSecurityRules::appArmor);
    context.with("windowsOptions", ContainerSecurityRules::windows);
    sysctls(context, spec);
  }

  private static void groups(JsonArray groups, FieldPath path, FieldErrors errors) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i) instanceof JsonNumber n
          && (n.longValue() < 0 || n.longValue() > ContainerSecurityRules.MAX_ID)) {
        errors.invalid(path.index(i), n, "must be between 0 and 2147483647, inclusive");
      }
    }
  }

  private static void sysctls(Scope context, JsonObject spec) {
    Set<String> seen = new HashSet<>();
    context.each(
        "sysctls",
        sysctl -> {
          if (!sysctl.required("name")) {
            return;
          }
          String name = sysctl.string("name");
          sysctl.unless(
              name.length() > 253 || !SYSCTL.matcher(name).matches(), "name", SYSCTL_TEXT);
          if (!seen.add(name)) {
            sysctl.errors().duplicate(sysctl.at("name"), JsonString.of(name));
          }
          String dotted = name.replace('/', '.');
          sysctl.unless(
              spec.bool("hostNetwork") && dotted.startsWith("net."),
              "name",
              "may not be specified when 'hostNetwork' is true");
          sysctl.unless(
              spec.bool("hostIPC")
                  && (dotted.startsWith("kernel.shm")
                      || dotted.startsWith("kernel.msg")
                      || dotted.equals("kernel.sem")
                      || dotted.startsWith("fs.mqueue.")),
              "name",
              "may not be specified when 'hostIPC' is true");
        });
  }
}
