package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.resource.Reservation;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import java.time.InstantSource;
import java.util.Map;

/** Deletes objects, or marks them where finalizers or a grace period keep them for a while. */
final class ObjectDeleter {
  private static final int ATTEMPTS = 64;

  private final Objects objects;
  private final AdmissionChain admission;
  private final Map<GroupResource, Reservation> reservations;
  private final InstantSource clock;

  ObjectDeleter(
      Objects objects,
      AdmissionChain admission,
      Map<GroupResource, Reservation> reservations,
      InstantSource clock) {
    this.objects = objects;
    this.admission = admission;
    this.reservations = reservations;
    this.clock = clock;
  }

  /**
   * @throws ApiException NotFound, Conflict if a precondition fails, or what admission says
   */
  Written delete(Write write, DeleteOptions options) {
    CurrentState state = objects.latest(write.type(), write.key(write.name()));
    for (int attempt = 1; ; attempt++) {
      if (state.object() == null) {
        throw ApiException.notFound(write.resource(), write.name());
      }
      JsonObject current = state.object().tree();
      checkPreconditions(write, options, current);
      if (!write.internal()) {
        admission.validate(write.admission(Operation.DELETE, write.name(), null, current));
      }
      try {
        return apply(write, options, current);
      } catch (Overtaken e) {
        if (attempt == ATTEMPTS) {
          throw ApiException.conflict(
              write.resource(), write.name(), "the object changes faster than it can be deleted");
        }
        state = e.now();
      }
    }
  }

  private Written apply(Write write, DeleteOptions options, JsonObject current) {
    ResourceType type = write.type().stored();
    String key = write.key(write.name());
    boolean orphans = DeletionDefaults.orphans(write.type());
    return switch (Deletions.decide(current, type.strategy(), options, orphans, clock.instant())) {
      case Deletions.Decision.Nothing _ -> Written.unchanged(current);
      case Deletions.Decision.Mark(JsonObject marked) ->
          objects.put(type, key, marked, current, options.dryRun());
      case Deletions.Decision.Remove _ -> {
        Written gone = objects.remove(type, key, current, current, options.dryRun());
        Reservation pool = reservations.get(type.resource().groupResource());
        if (pool != null && !options.dryRun()) {
          pool.release(current);
        }
        yield gone;
      }
    };
  }

  private static void checkPreconditions(Write write, DeleteOptions options, JsonObject current) {
    check(
        write,
        "UID",
        options.uid(),
        current.object("metadata").string("uid"),
        "deleted and then recreated");
    check(
        write,
        "ResourceVersion",
        options.resourceVersion(),
        current.object("metadata").string("resourceVersion"),
        "modified");
  }

  private static void check(Write write, String what, String wanted, String actual, String fate) {
    if (!wanted.isEmpty() && !wanted.equals(actual)) {
      throw ApiException.conflict(
          new GroupResource(write.resource().group(), write.type().kind().kind()),
          write.name(),
          "the "
              + what
              + " in the precondition ("
              + wanted
              + ") does not match the "
              + what
              + " in record ("
              + actual
              + "). The object might have been "
              + fate);
    }
  }
}
