package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import java.util.List;

/**
 * Nobody grants what they do not hold: roles may be written only by those who have all of their
 * permissions or the verb {@code escalate}, bindings only by those who have all of the role's or
 * the verb {@code bind} (upstream documentation, "Privilege escalation prevention and
 * bootstrapping"). Upstream has this in the storage of these kinds; here it runs after all other
 * plug-ins.
 */
public final class EscalationCheck implements AdmissionPlugin {
  private final RbacAuthorizer rbac;
  private final Authorizer authorizer;

  /**
   * @param rbac tells what users hold
   * @param authorizer all modes together; asked for the verbs {@code escalate} and {@code bind}
   */
  public EscalationCheck(RbacAuthorizer rbac, Authorizer authorizer) {
    this.rbac = rbac;
    this.authorizer = authorizer;
  }

  @Override
  public String name() {
    return "RBACEscalation";
  }

  @Override
  public boolean handles(AdmissionRequest request) {
    return request.subresource().isEmpty()
        && request.type().resource().group().equals(RbacAuthorizer.GROUP)
        && (request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE)
        && !request.context().user().inGroup(UserInfo.MASTERS);
  }

  @Override
  public void validate(AdmissionRequest request) {
    JsonObject object = request.object();
    if (object == null) {
      return;
    }
    switch (request.type().resource().resource()) {
      case "roles", "clusterroles" -> checkRole(request, object);
      case "rolebindings", "clusterrolebindings" -> checkBinding(request, object);
      default -> {}
    }
  }

  private void checkRole(AdmissionRequest request, JsonObject role) {
    JsonObject old = request.old();
    if (old != null
        && old.array("rules").equals(role.array("rules"))
        && old.object("aggregationRule").equals(role.object("aggregationRule"))) {
      return;
    }
    UserInfo user = request.context().user();
    Attributes escalate =
        Attributes.resource(
            user,
            "escalate",
            RbacAuthorizer.GROUP,
            request.type().resource().resource(),
            "",
            request.namespace(),
            request.context().info().name());
    if (authorizer.authorize(escalate).allowed()) {
      return;
    }
    if (role.has("aggregationRule")
        && !RuleCoverage.missing(rbac.rulesFor(user, "").rules(), Rule.EVERYTHING).isEmpty()) {
      throw forbidden(request, "must have cluster-admin privileges to use the aggregationRule");
    }
    checkHeld(request, Rule.allOf(role));
  }

  private void checkBinding(AdmissionRequest request, JsonObject binding) {
    JsonObject old = request.old();
    if (old != null
        && old.object("roleRef").equals(binding.object("roleRef"))
        && old.array("subjects").equals(binding.array("subjects"))) {
      return;
    }
    JsonObject reference = binding.object("roleRef");
    boolean ofRole = reference.string("kind").equals("Role");
    GroupResource roles = ofRole ? RbacAuthorizer.ROLES : RbacAuthorizer.CLUSTER_ROLES;
    Attributes bind =
        Attributes.resource(
            request.context().user(),
            "bind",
            RbacAuthorizer.GROUP,
            roles.resource(),
            "",
            request.namespace(),
            reference.string("name"));
    if (authorizer.authorize(bind).allowed()) {
      return;
    }
    List<Rule> rules =
        rbac.rulesOf(reference, request.namespace())
            .orElseThrow(() -> ApiException.notFound(roles, reference.string("name")));
    checkHeld(request, rules);
  }

  private void checkHeld(AdmissionRequest request, List<Rule> asked) {
    UserInfo user = request.context().user();
    GrantedRules granted = rbac.rulesFor(user, request.namespace());
    List<Rule> missing = RuleCoverage.missing(granted.rules(), asked);
    if (missing.isEmpty()) {
      return;
    }
    List<String> lines = missing.stream().map(Rule::toString).distinct().sorted().toList();
    String faults =
        granted.faults().isEmpty()
            ? ""
            : "; resolution errors: " + RbacAuthorizer.joined(granted.faults());
    throw forbidden(
        request,
        "user \""
            + user.name()
            + "\" (groups="
            + Rule.quoted(user.groups())
            + ") is attempting to grant RBAC permissions not currently held:\n"
            + String.join("\n", lines)
            + faults);
  }

  private static ApiException forbidden(AdmissionRequest request, String why) {
    return ApiException.forbidden(request.type().resource().groupResource(), request.name(), why);
  }
}
