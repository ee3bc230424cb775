package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.LabelRules;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonString;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Projected volumes: files of several sources in one directory. */
final class ProjectedRules {
  private static final List<String> SOURCES =
      List.of(
          "clusterTrustBundle",
          "configMap",
          "downwardAPI",
          "podCertificate",
          "secret",
          "serviceAccountToken");
  private static final long MIN_TOKEN_SECONDS = 600;
  private static final long MAX_TOKEN_SECONDS = 1L << 32;
  private static final long MIN_CERTIFICATE_SECONDS = 3600;
  private static final long MAX_CERTIFICATE_SECONDS = 91L * 24 * 3600;

  private final Set<String> paths = new HashSet<>();

  private ProjectedRules() {}

  static void validate(Scope projected) {
    VolumeRules.mode(projected, "defaultMode");
    ProjectedRules rules = new ProjectedRules();
    projected.each("sources", rules::source);
  }

  private void source(Scope source) {
    List<String> found = SOURCES.stream().filter(source::has).toList();
    for (int i = 0; i < found.size(); i++) {
      String type = found.get(i);
      if (i > 0) {
        source.forbidden(type, "may not specify more than 1 volume type per source");
      } else {
        of(type, source.in(type));
      }
    }
  }

  private void of(String type, Scope source) {
    switch (type) {
      case "serviceAccountToken" -> token(source);
      case "clusterTrustBundle" -> trustBundle(source);
      case "podCertificate" -> certificate(source);
      case "downwardAPI" -> {
        VolumeRules.downwardItems(source);
        itemPaths(source);
      }
      default -> {
        source.required("name");
        VolumeRules.items(source);
        itemPaths(source);
      }
    }
  }

  private void itemPaths(Scope source) {
    source.each(
        "items",
        item -> {
          String path = item.string("path");
          if (!path.isEmpty() && !paths.add(path)) {
            conflict(source, item.string("path"));
          }
        });
  }

  private static void conflict(Scope scope, String path) {
    scope.errors().invalid(scope.path(), JsonString.of(path), "conflicting duplicate paths");
  }

  private void path(Scope source, String field) {
    if (source.requiredFormat(field, Texts::nonReservedPath) && !paths.add(source.string(field))) {
      conflict(source, source.string(field));
    }
  }

  private void token(Scope token) {
    long seconds = token.number("expirationSeconds", 3600);
    if (seconds < MIN_TOKEN_SECONDS) {
      token.invalid("expirationSeconds", "may not specify a duration less than 10 minutes");
    } else if (seconds > MAX_TOKEN_SECONDS) {
      token.invalid("expirationSeconds", "may not specify a duration larger than 2^32 seconds");
    }
    path(token, "path");
  }

  private void trustBundle(Scope bundle) {
    boolean name = bundle.has("name");
    boolean signer = bundle.has("signerName");
    if (name && signer) {
      bundle.invalid("name", "only one of name and signerName may be used");
    } else if (!name && !signer) {
      bundle.required("name", "either name or signerName must be specified");
    }
    if (name && bundle.has("labelSelector")) {
      bundle.invalid("labelSelector", "labelSelector must be unset if name is specified");
    }
    bundle.with("labelSelector", LabelRules::selector);
    path(bundle, "path");
  }

  private void certificate(Scope certificate) {
    certificate.required("signerName");
    certificate.required("keyType");
    if (certificate.has("maxExpirationSeconds")) {
      long seconds = certificate.number("maxExpirationSeconds", 0);
      if (seconds < MIN_CERTIFICATE_SECONDS) {
        certificate
            .errors()
            .invalid(
                certificate.at("maxExpirationSeconds"),
                JsonNumber.of(seconds),
                "if provided, maxExpirationSeconds must be >= 3600");
      } else if (seconds > MAX_CERTIFICATE_SECONDS) {
        certificate.invalid(
            "maxExpirationSeconds", "if provided, maxExpirationSeconds must be <= 7862400");
      }
    }
    List<String> files = List.of("credentialBundlePath", "keyPath", "certificateChainPath");
    if (files.stream().noneMatch(certificate::isSet)) {
      certificate
          .errors()
          .required(
              certificate.path(),
              "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
    }
    for (String file : files) {
      if (certificate.isSet(file)) {
        path(certificate, file);
      }
    }
  }
}
