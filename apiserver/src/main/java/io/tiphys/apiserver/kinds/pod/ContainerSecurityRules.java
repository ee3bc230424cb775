package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import java.util.List;
import java.util.Set;

/** A container's {@code securityContext}, and the profiles that pods have too. */
final class ContainerSecurityRules {
  private static final List<String> LINUX_ONLY =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "capabilities",
          "readOnlyRootFilesystem",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "runAsUser",
          "runAsGroup");
  private static final Set<String> PROFILES = Set.of("Localhost", "RuntimeDefault", "Unconfined");
  private static final int MAX_APPARMOR_PROFILE = 4095;
  static final long MAX_ID = Integer.MAX_VALUE;

  private ContainerSecurityRules() {}

  static void validate(Scope context, PodContext pod) {
    context.range("runAsUser", 0, MAX_ID);
    context.range("runAsGroup", 0, MAX_ID);
    if (context.oneOf("procMount", List.of("Default", "Unmasked"))
        && context.string("procMount").equals("Unmasked")
        && !pod.ownUsers()) {
      context.invalid("procMount", "`hostUsers` must be false to use `Unmasked`");
    }
    privilegeEscalation(context);
    context.with("seccompProfile", ContainerSecurityRules::seccomp);
    context.with("appArmorProfile", ContainerSecurityRules::appArmor);
    context.with("windowsOptions", ContainerSecurityRules::windows);
    os(context, pod);
  }

  private static void privilegeEscalation(Scope context) {
    JsonObject value = context.value();
    if (!value.has("allowPrivilegeEscalation") || value.bool("allowPrivilegeEscalation")) {
      return;
    }
    if (value.bool("privileged")) {
      context
          .errors()
          .invalid(
              context.path(),
              value,
              "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    }
    boolean admin =
        value.object("capabilities").array("add").strings().anyMatch("CAP_SYS_ADMIN"::equals);
    if (admin) {
      context
          .errors()
          .invalid(
              context.path(),
              value,
              "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add`"
                  + " CAP_SYS_ADMIN");
    }
  }

  private static void os(Scope context, PodContext pod) {
    if (pod.os().equals("windows")) {
      context.forbidAll(LINUX_ONLY, "cannot be set for a windows pod");
    } else if (pod.os().equals("linux") && context.has("windowsOptions")) {
      context.forbidden("windowsOptions", "windows options cannot be set for a linux pod");
    }
  }

  static void seccomp(Scope profile) {
    profile(profile, "seccomp");
    if (profile.string("type").equals("Localhost")) {
      profile.format("localhostProfile", Texts::descendingPath);
    }
  }

  static void appArmor(Scope profile) {
    profile(profile, "AppArmor");
    String name = profile.string("localhostProfile");
    if (!name.equals(name.strip())) {
      profile.invalid("localhostProfile", "must not be padded with whitespace");
    }
    if (Texts.bytes(name) > MAX_APPARMOR_PROFILE) {
      profile
          .errors()
          .add(FieldError.tooLong(profile.at("localhostProfile"), MAX_APPARMOR_PROFILE));
    }
  }

  private static void profile(Scope profile, String what) {
    String field = "localhostProfile";
    if (!profile.requiredOneOf("type", PROFILES)) {
      return;
    }
    if (profile.string("type").equals("Localhost")) {
      profile.required(field, "must be set when " + what + " type is Localhost");
    } else if (profile.has(field)) {
      profile
          .errors()
          .invalid(
              profile.at(field),
              JsonString.of(profile.string(field)),
              "can only be set when " + what + " type is Localhost");
    }
  }

  static void windows(Scope options) {
    if (options.has("gmsaCredentialSpecName")) {
      options.formatEvenEmpty("gmsaCredentialSpecName", Texts::objectName);
    }
    if (options.has("gmsaCredentialSpec") && !options.isSet("gmsaCredentialSpec")) {
      options.invalid("gmsaCredentialSpec", "gmsaCredentialSpec cannot be an empty string");
    }
    if (options.has("runAsUserName") && !options.isSet("runAsUserName")) {
      options.invalid("runAsUserName", "runAsUserName cannot be an empty string");
    }
  }
}
