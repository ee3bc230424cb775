package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers the reviews of group {@code authorization.k8s.io}: may somebody do something? */
public final class AccessReviews {
  private static final String GROUP = "authorization.k8s.io";
  private static final FieldPath SPEC = FieldPath.of("spec");

  private final Authorizer authorizer;

  public AccessReviews(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /** SubjectAccessReview: may this user do this? */
  public JsonObject subject(Action.Call call) {
    JsonObject review = body(call);
    FieldErrors errors = new FieldErrors();
    checkSubject(review.object("spec"), errors);
    checkMetadata(review, false, errors);
    refuse("SubjectAccessReview", errors);
    return answered(review, subjectOf(review.object("spec")));
  }

  /** LocalSubjectAccessReview: may this user do this in this namespace? */
  public JsonObject localSubject(Action.Call call) {
    JsonObject review = body(call);
    JsonObject spec = review.object("spec");
    FieldErrors errors = new FieldErrors();
    checkSubject(spec, errors);
    checkMetadata(review, true, errors);
    if (spec.has("nonResourceAttributes")) {
      errors.invalid(
          SPEC.child("nonResourceAttributes"),
          spec.object("nonResourceAttributes"),
          "disallowed on this kind of request");
    }
    refuse("LocalSubjectAccessReview", errors);
    String named = spec.object("resourceAttributes").string("namespace");
    if (!named.equals(call.namespace())) {
      throw ApiException.badRequest(
          "spec.resourceAttributes.namespace must match namespace: " + call.namespace());
    }
    return answered(review, subjectOf(spec));
  }

  /** SelfSubjectAccessReview: may I do this? */
  public JsonObject self(Action.Call call) {
    JsonObject review = body(call);
    FieldErrors errors = new FieldErrors();
    checkAttributes(review.object("spec"), errors);
    checkMetadata(review, false, errors);
    refuse("SelfSubjectAccessReview", errors);
    return answered(review, call.context().user());
  }

  /** SelfSubjectRulesReview: what may I do in this namespace? */
  public JsonObject selfRules(Action.Call call) {
    JsonObject review = body(call);
    String namespace = review.object("spec").string("namespace");
    if (namespace.isEmpty()) {
      throw ApiException.badRequest("no namespace on request");
    }
    GrantedRules granted = authorizer.rulesFor(call.context().user(), namespace);
    JsonObject status =
        JsonObject.of(
            "resourceRules",
            rules(granted.rules().stream().filter(rule -> !rule.resources().isEmpty()).toList()),
            "nonResourceRules",
            rules(
                granted.rules().stream()
                    .filter(rule -> !rule.nonResourceUrls().isEmpty())
                    .toList()),
            "incomplete",
            granted.incomplete());
    if (!granted.faults().isEmpty()) {
      status = status.with("evaluationError", RbacAuthorizer.joined(granted.faults()));
    }
    return review.with("status", status);
  }

  private static JsonArray rules(List<Rule> rules) {
    return JsonArray.of(rules.stream().map(Rule::toJson).toList());
  }

  private static JsonObject body(Action.Call call) {
    return call.body() == null ? JsonObject.EMPTY : call.body();
  }

  private JsonObject answered(JsonObject review, UserInfo user) {
    Verdict verdict = authorizer.authorize(attributes(review.object("spec"), user));
    JsonObject status = JsonObject.of("allowed", verdict.allowed());
    if (verdict.decision() == Verdict.Decision.DENY) {
      status = status.with("denied", true);
    }
    if (!verdict.reason().isEmpty()) {
      status = status.with("reason", verdict.reason());
    }
    return review.with("status", status);
  }

  private static UserInfo subjectOf(JsonObject spec) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    JsonObject given = spec.object("extra");
    given.keys().forEach(key -> extra.put(key, given.array(key).strings().toList()));
    return new UserInfo(
        spec.string("user"), spec.string("uid"), spec.array("groups").strings().toList(), extra);
  }

  private static Attributes attributes(JsonObject spec, UserInfo user) {
    if (spec.has("nonResourceAttributes")) {
      JsonObject asked = spec.object("nonResourceAttributes");
      return new Attributes(
          user, asked.string("verb"), "", "", "", "", "", "", false, asked.string("path"), "", "");
    }
    JsonObject asked = spec.object("resourceAttributes");
    return new Attributes(
        user,
        asked.string("verb"),
        asked.string("group"),
        asked.string("version"),
        asked.string("resource"),
        asked.string("subresource"),
        asked.string("namespace"),
        asked.string("name"),
        true,
        "",
        selector(asked.object("fieldSelector")),
        selector(asked.object("labelSelector")));
  }

  /** As it would stand in a request; requirements that have no such form are left out. */
  private static String selector(JsonObject selector) {
    if (selector.has("rawSelector")) {
      return selector.string("rawSelector");
    }
    List<String> terms =
        selector
            .array("requirements")
            .objects()
            .filter(requirement -> requirement.array("values").size() == 1)
            .map(requirement ->
                requirement.string("key")
                    + (requirement.string("operator").equals("In") ? "=" : "!=")
                    + requirement.array("values").strings().findFirst().orElse(""))
            .toList();
    return String.join(",", terms);
  }

  private static void checkSubject(JsonObject spec, FieldErrors errors) {
    checkAttributes(spec, errors);
    if (spec.string("user").isEmpty() && spec.array("groups").isEmpty()) {
      errors.invalid(
          SPEC.child("user"), JsonString.EMPTY, "at least one of user or group must be specified");
    }
  }

  private static void checkAttributes(JsonObject spec, FieldErrors errors) {
    boolean resource = spec.has("resourceAttributes");
    boolean path = spec.has("nonResourceAttributes");
    if (resource && path) {
      errors.invalid(
          SPEC.child("nonResourceAttributes"),
          spec.object("nonResourceAttributes"),
          "cannot be specified in combination with resourceAttributes");
    }
    if (!resource && !path) {
      errors.invalid(
          SPEC.child("resourceAttributes"),
          JsonNull.NULL,
          "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }
  }

  private static void checkMetadata(JsonObject review, boolean local, FieldErrors errors) {
    JsonObject metadata = review.object("metadata").without("managedFields");
    JsonObject rest =
        (local ? metadata.without("namespace") : metadata).without("creationTimestamp");
    if (!rest.isEmpty()) {
      errors.invalid(
          FieldPath.of("metadata"),
          metadata,
          local ? "must be empty except for namespace" : "must be empty");
    }
  }

  private static void refuse(String kind, FieldErrors errors) {
    if (!errors.isEmpty()) {
      throw ApiException.invalid(GROUP, kind, "", errors.list());
    }
  }
}
