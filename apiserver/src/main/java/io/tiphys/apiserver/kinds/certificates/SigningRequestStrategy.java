package io.tiphys.apiserver.kinds.certificates;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.StatusSeparated;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.util.List;

/**
 * CertificateSigningRequests. A spec never changes: updates that try are accepted without effect.
 * Who asks ({@code spec.username} and the like) is written by admission, not here.
 */
final class SigningRequestStrategy implements StatusSeparated {
  private static final int MIN_SECONDS = 600;
  private static final int MAX_SIGNER_NAME = 571;

  private static final List<String> USAGES =
      List.of(
          "any",
          "cert sign",
          "client auth",
          "code signing",
          "content commitment",
          "crl sign",
          "data encipherment",
          "decipher only",
          "digital signature",
          "email protection",
          "encipher only",
          "ipsec end system",
          "ipsec tunnel",
          "ipsec user",
          "key agreement",
          "key encipherment",
          "microsoft sgc",
          "netscape sgc",
          "ocsp signing",
          "s/mime",
          "server auth",
          "signing",
          "timestamping");

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return Trees.keep(StatusSeparated.super.prepareForUpdate(updated, current), "spec", current);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope spec = Scope.of(object, errors).in("spec");
    Pem.requestFault(spec.string("request")).ifPresent(fault -> spec.invalid("request", fault));
    spec.required("usages", "usages must be provided");
    Limits.eachOneOf(spec, "usages", USAGES);
    Limits.distinct(spec, "usages");
    signerName(spec);
    spec.check(
        "expirationSeconds",
        n -> n >= MIN_SECONDS,
        "may not specify a duration less than 600 seconds (10 minutes)");
  }

  private static void signerName(Scope spec) {
    String name = spec.string("signerName");
    if (name.equals("kubernetes.io/legacy-unknown")) {
      spec.invalid("signerName", "the legacy signerName is not allowed via this API version");
      return;
    }
    if (!spec.required("signerName", "signerName must be provided")) {
      return;
    }
    Limits.bytes(spec, "signerName", MAX_SIGNER_NAME);
    String[] parts = name.split("/", -1);
    if (parts.length != 2) {
      spec.invalid(
          "signerName",
          "must be a fully qualified domain and path of the form 'example.com/signer-name'");
      return;
    }
    for (String fault : Names.dnsSubdomain(parts[0])) {
      spec.invalid("signerName", fault);
    }
    spec.unless(
        !parts[0].contains("."),
        "signerName",
        "should be a domain with at least two segments separated by dots");
    for (String fault : Names.dnsSubdomain(parts[1])) {
      spec.invalid("signerName", fault);
    }
  }

  @Override
  public List<String> nameErrors(String name, boolean prefix) {
    return Names.pathSegment(name);
  }
}
