package io.tiphys.apiserver.kinds.networking;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ingresses. */
final class IngressStrategy implements StatusSeparated {
  private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";
  private static final List<String> PATH_TYPES =
      List.of("Exact", "ImplementationSpecific", "Prefix");
  private static final List<String> NOT_IN_PATHS = List.of("//", "/./", "/../", "%2f", "%2F");
  private static final List<String> NOT_AT_ENDS = List.of("/..", "/.");

  @Override
  public JsonObject initialStatus() {
    return JsonObject.of("loadBalancer", JsonObject.EMPTY);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    if (!spec.isSet("rules") && !spec.has("defaultBackend")) {
      Json rules = spec.value().get("rules");
      errors.invalid(
          spec.path(),
          rules == null ? JsonArray.EMPTY : rules,
          "either `defaultBackend` or `rules` must be specified");
    }
    spec.with("defaultBackend", IngressStrategy::backend);
    spec.each("rules", IngressStrategy::rule);
    spec.each("tls", IngressStrategy::tls);
    spec.format("ingressClassName", Names::dnsSubdomain);
    if (!object.object("metadata").has("resourceVersion")) {
      classes(object, errors);
    }
  }

  /** Of a new object: the annotation that came before {@code ingressClassName} says the same. */
  private static void classes(JsonObject object, FieldErrors errors) {
    String name = object.object("spec").string("ingressClassName");
    annotation(object)
        .ifPresent(old -> {
          if (!name.isEmpty() && !name.equals(old)) {
            errors.invalid(
                FieldPath.of("annotations", CLASS_ANNOTATION),
                JsonString.of(old),
                "must match `ingressClassName` when both are specified");
          }
        });
  }

  private static Optional<String> annotation(JsonObject object) {
    return object.object("metadata").object("annotations").optionalString(CLASS_ANNOTATION);
  }

  private static void tls(Scope tls) {
    for (Scope.Item host : tls.strings("hosts")) {
      host(tls, host.path(), host.value());
    }
    tls.format("secretName", Names::dnsSubdomain);
  }

  private static void host(Scope scope, FieldPath path, String host) {
    scope.format(
        path, host, host.contains("*") ? Names::wildcardDnsSubdomain : Names::dnsSubdomain);
  }

  private static void rule(Scope rule) {
    String host = rule.string("host");
    if (!host.isEmpty()) {
      NetworkingKinds.notAnIp(rule.at("host"), host, rule.errors());
      host(rule, rule.at("host"), host);
    }
    rule.with(
        "http",
        http -> {
          http.required("paths");
          http.each("paths", IngressStrategy::path);
        });
  }

  private static void path(Scope path) {
    String text = path.string("path");
    if (!path.required("pathType", "pathType must be specified")) {
      return;
    }
    switch (path.string("pathType")) {
      case "Exact", "Prefix" -> {
        path.unless(!text.startsWith("/"), "path", "must be an absolute path");
        for (String sequence : NOT_IN_PATHS) {
          path.unless(text.contains(sequence), "path", "must not contain '" + sequence + "'");
        }
        for (String suffix : NOT_AT_ENDS) {
          path.unless(text.endsWith(suffix), "path", "cannot end with '" + suffix + "'");
        }
      }
      case "ImplementationSpecific" ->
          path.unless(!text.isEmpty() && !text.startsWith("/"), "path", "must be an absolute path");
      default -> path.oneOf("pathType", PATH_TYPES);
    }
    backend(path.in("backend"));
  }

  private static void backend(Scope backend) {
    boolean resource = backend.has("resource");
    if (resource == backend.has("service")) {
      backend
          .errors()
          .invalid(
              backend.path(),
              JsonString.EMPTY,
              resource
                  ? "cannot set both resource and service backends"
                  : "resource or service backend is required");
    } else if (resource) {
      reference(backend.in("resource"));
    } else {
      service(backend);
    }
  }

  /** A reference to an object of any kind. */
  static void reference(Scope reference) {
    reference.format("apiGroup", Names::dnsSubdomain);
    reference.requiredFormat("kind", Names::pathSegment);
    reference.requiredFormat("name", Names::pathSegment);
  }

  private static void service(Scope backend) {
    Scope service = backend.in("service");
    service.requiredFormat("name", Names::dnsLabel);
    Scope port = service.in("port");
    if (port.isSet("name") && port.isSet("number")) {
      backend
          .errors()
          .invalid(backend.path(), JsonString.EMPTY, "cannot set both port name & port number");
    } else if (port.isSet("name")) {
      port.format("name", Names::portName);
    } else if (port.isSet("number")) {
      port.range("number", 1, 65535);
    } else {
      backend.errors().required(backend.path(), "port name or number is required");
    }
  }

  @Override
  public List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    boolean deprecated = annotation(object).isPresent();
    boolean wasThere = current != null && annotation(current).isPresent();
    return deprecated && !wasThere
        ? List.of(
            "annotation \""
                + CLASS_ANNOTATION
                + "\" is deprecated, please use 'spec.ingressClassName' instead")
        : List.of();
  }
}
