package io.tiphys.apiserver.authorization;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Mode {@code RBAC}: what roles allow to the users, groups and service accounts that bindings give
 * them to (upstream documentation, "Using RBAC Authorization"). Reads the watch cache; an index is
 * rebuilt when any role or binding has changed since the last question.
 */
public final class RbacAuthorizer implements Authorizer {
  static final String GROUP = "rbac.authorization.k8s.io";
  static final GroupResource CLUSTER_ROLES = new GroupResource(GROUP, "clusterroles");
  static final GroupResource ROLES = new GroupResource(GROUP, "roles");
  static final GroupResource CLUSTER_ROLE_BINDINGS =
      new GroupResource(GROUP, "clusterrolebindings");
  static final GroupResource ROLE_BINDINGS = new GroupResource(GROUP, "rolebindings");
  private static final List<GroupResource> SOURCES =
      List.of(CLUSTER_ROLES, ROLES, CLUSTER_ROLE_BINDINGS, ROLE_BINDINGS);
  private static final Verdict NO_OPINION = Verdict.noOpinion("");

  private final StoredObjects objects;
  private final ReentrantLock rebuilding = new ReentrantLock();
  private volatile @Nullable Snapshot snapshot;

  /** An index and what it was made from. */
  private record Snapshot(List<Source> sources, RbacPolicy policy) {}

  /** A resource and the revision of its last change. */
  private record Source(ResourceType type, long revision) {}

  public RbacAuthorizer(StoredObjects objects) {
    this.objects = objects;
  }

  @Override
  public Verdict authorize(Attributes attributes) {
    Question question = new Question(attributes);
    policy().visit(attributes.user(), attributes.namespace(), question::settledBy);
    if (question.reason != null) {
      return Verdict.allow(question.reason);
    }
    return question.faults.isEmpty()
        ? NO_OPINION
        : Verdict.noOpinion("RBAC: " + joined(question.faults));
  }

  /** A question and what was learned about it so far. */
  private static final class Question {
    private final Attributes attributes;
    private List<String> faults = List.of();
    private @Nullable String reason;

    Question(Attributes attributes) {
      this.attributes = attributes;
    }

    boolean settledBy(RbacPolicy.Grant grant) {
      if (grant.fault() != null) {
        faults = faults.isEmpty() ? new ArrayList<>() : faults;
        faults.add(grant.fault());
      }
      for (Rule rule : grant.rules()) {
        if (rule.allows(attributes)) {
          reason = grant.reason();
          return true;
        }
      }
      return false;
    }
  }

  @Override
  public GrantedRules rulesFor(UserInfo user, String namespace) {
    List<Rule> rules = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    policy()
        .visit(
            user,
            namespace,
            grant -> {
              rules.addAll(grant.rules());
              if (grant.fault() != null) {
                faults.add(grant.fault());
              }
              return false;
            });
    return new GrantedRules(rules, faults, false);
  }

  /** The rules of the role that a binding refers to; empty if there is no such role. */
  Optional<List<Rule>> rulesOf(JsonObject roleRef, String namespace) {
    JsonObject role = policy().find(roleRef.string("kind"), namespace, roleRef.string("name"));
    return Optional.ofNullable(role).map(Rule::allOf);
  }

  private RbacPolicy policy() {
    Snapshot current = snapshot;
    if (current != null && upToDate(current)) {
      return current.policy;
    }
    rebuilding.lock();
    try {
      current = snapshot;
      if (current == null || !upToDate(current)) {
        current = build();
        snapshot = current;
      }
      return current.policy;
    } finally {
      rebuilding.unlock();
    }
  }

  private boolean upToDate(Snapshot current) {
    for (Source source : current.sources) {
      if (objects.registry().lastChange(source.type) != source.revision) {
        return false;
      }
    }
    return true;
  }

  /** The revisions are read first: a change in between makes the next question build again. */
  private Snapshot build() {
    List<Source> sources =
        SOURCES.stream()
            .map(objects::type)
            .map(type -> new Source(type, objects.registry().lastChange(type)))
            .toList();
    return new Snapshot(
        sources,
        new RbacPolicy(
            objects.cached(CLUSTER_ROLES, ""),
            objects.cached(ROLES, ""),
            objects.cached(CLUSTER_ROLE_BINDINGS, ""),
            objects.cached(ROLE_BINDINGS, "")));
  }

  /** As upstream shows several errors: {@code [a, b]}; repeated ones once. */
  static String joined(List<String> errors) {
    List<String> distinct = errors.stream().distinct().toList();
    return distinct.size() == 1 ? distinct.getFirst() : "[" + String.join(", ", distinct) + "]";
  }
}
