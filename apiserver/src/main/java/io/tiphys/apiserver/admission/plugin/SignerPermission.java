package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.authorization.Attributes;
import io.tiphys.apiserver.authorization.Authorizer;
import io.tiphys.model.json.JsonObject;
import java.util.Objects;

/**
 * Lets only those decide on a signer's certificate requests who may: approving needs the verb
 * {@code approve} on the signer, issuing needs {@code sign}.
 */
final class SignerPermission implements AdmissionPlugin {
  private final String name;
  private final String subresource;
  private final String verb;
  private final String refusal;
  private final Authorizer authorizer;

  private SignerPermission(
      String name, String subresource, String verb, String refusal, Authorizer authorizer) {
    this.name = name;
    this.subresource = subresource;
    this.verb = verb;
    this.refusal = refusal;
    this.authorizer = authorizer;
  }

  static AdmissionPlugin approval(Authorizer authorizer) {
    return new SignerPermission(
        "CertificateApproval",
        "approval",
        "approve",
        "user not permitted to approve requests with signerName ",
        authorizer);
  }

  static AdmissionPlugin signing(Authorizer authorizer) {
    return new SignerPermission(
        "CertificateSigning",
        "status",
        "sign",
        "user not permitted to sign requests with signerName ",
        authorizer);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.operation() == Operation.UPDATE
        && request.concerns("certificates.k8s.io", "certificatesigningrequests", subresource);
  }

  @Override
  public void validate(AdmissionRequest request) {
    JsonObject old = Objects.requireNonNull(request.old());
    JsonObject updated = Objects.requireNonNull(request.object());
    boolean issues =
        !old.object("status").equals(updated.object("status")) || subresource.equals("approval");
    String signer = old.object("spec").string("signerName");
    if (issues && !permitted(request, signer)) {
      throw Kinds.forbidden(request, refusal + "\"" + signer + "\"");
    }
  }

  /** Permission may be given for one signer or, as {@code DOMAIN/*}, for all of a domain. */
  private boolean permitted(AdmissionRequest request, String signer) {
    String domain = signer.substring(0, Math.max(0, signer.indexOf('/'))) + "/*";
    return allowed(request, signer) || allowed(request, domain);
  }

  private boolean allowed(AdmissionRequest request, String signer) {
    return authorizer
        .authorize(
            Attributes.resource(
                request.context().user(), verb, "certificates.k8s.io", "signers", "", "", signer))
        .allowed();
  }
}
