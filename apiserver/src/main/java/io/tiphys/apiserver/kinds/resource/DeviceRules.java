package io.tiphys.apiserver.kinds.resource;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names, selectors, configuration and tolerations of devices. */
final class DeviceRules {
  private static final int MAX_SELECTORS = 32;
  private static final int MAX_EXPRESSION = 10 * 1024;
  private static final int MAX_PARAMETERS = 10 * 1024;
  private static final int MAX_DRIVER = 63;
  private static final int MAX_POOL = 253;
  private static final int MAX_DOMAIN = 63;
  private static final int MAX_ID = 32;

  private DeviceRules() {}

  static void driver(Scope scope) {
    if (scope.required("driver")) {
      Limits.bytes(scope, "driver", MAX_DRIVER);
      scope.format("driver", text -> Names.dnsSubdomain(text.toLowerCase(Locale.ROOT)));
    }
  }

  /** Domain names, separated by slashes. */
  static void pool(Scope scope, String field) {
    if (scope.required(field)) {
      Limits.bytes(scope, field, MAX_POOL);
      for (String part : scope.string(field).split("/", -1)) {
        scope.format(scope.at(field), part, Names::dnsSubdomain);
      }
    }
  }

  static void selectors(Scope scope) {
    Limits.items(scope, "selectors", MAX_SELECTORS);
    scope.each(
        "selectors",
        selector -> {
          if (selector.has("cel")) {
            selector.in("cel").required("expression");
            Limits.bytes(selector.in("cel"), "expression", MAX_EXPRESSION);
          } else {
            selector.errors().required(selector.at("cel"), "");
          }
        });
  }

  /** What a driver is told about a device; only the driver knows what it means. */
  static void configuration(Scope config) {
    if (!config.has("opaque")) {
      config.errors().required(config.at("opaque"), "");
      return;
    }
    Scope opaque = config.in("opaque");
    driver(opaque);
    if (!opaque.has("parameters")) {
      opaque.errors().required(opaque.at("parameters"), "");
    } else if (Texts.bytes(String.valueOf(opaque.value().get("parameters"))) > MAX_PARAMETERS) {
      opaque.errors().add(FieldError.tooLong(opaque.at("parameters"), MAX_PARAMETERS));
    } else if (!(opaque.value().get("parameters") instanceof JsonObject)) {
      opaque.invalid("parameters", "must be a valid JSON object");
    }
  }

  /** An attribute's name with its domain: {@code example.com/model}. */
  static List<String> fullyQualified(String name) {
    return name.contains("/") ? qualified(name) : List.of("must include a domain");
  }

  /** An attribute's name, which is the driver's own if it has no domain. */
  static List<String> qualified(String name) {
    String[] parts = name.split("/", -1);
    if (parts.length > 2) {
      return List.of("a name may have one '/' at most");
    }
    List<String> faults = new ArrayList<>();
    if (parts.length == 2) {
      faults.addAll(
          parts[0].isEmpty()
              ? List.of("the domain must not be empty")
              : Names.dnsSubdomain(parts[0]));
      if (parts[0].length() > MAX_DOMAIN) {
        faults.add("the domain may not be more than " + MAX_DOMAIN + " bytes");
      }
    }
    String id = parts[parts.length - 1];
    faults.addAll(id.isEmpty() ? List.of("the name must not be empty") : Names.cIdentifier(id));
    if (id.length() > MAX_ID) {
      faults.add("may not be more than " + MAX_ID + " bytes");
    }
    return faults;
  }

  static void toleration(Scope toleration) {
    toleration.format("key", Names::qualifiedName);
    switch (toleration.string("operator")) {
      case "Exists" ->
          toleration.unless(
              toleration.isSet("value"), "value", "must be empty for operator `Exists`");
      case "Equal" -> toleration.format("value", Names::labelValue);
      default -> toleration.requiredOneOf("operator", Set.of("Equal", "Exists"));
    }
    if (!toleration.isSet("key") && !toleration.string("operator").equals("Exists")) {
      toleration
          .errors()
          .invalid(
              toleration.at("operator"),
              JsonString.of(toleration.string("operator")),
              "must be `Exists` when `key` is empty");
    }
    toleration.oneOf("effect", Set.of("NoSchedule", "NoExecute"));
  }
}
