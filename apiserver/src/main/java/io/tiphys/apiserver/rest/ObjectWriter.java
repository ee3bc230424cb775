package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.AdmissionRequest.Operation;
import io.tiphys.apiserver.admission.Hold;
import io.tiphys.apiserver.kinds.SchemaRules;
import io.tiphys.apiserver.resource.Reservation;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Creates and updates objects: admission, the server's own metadata, the kind's rules, and the
 * write itself. Objects are in the storage version throughout.
 */
final class ObjectWriter {
  /** How often a generated name may turn out to be taken; upstream's number. */
  private static final int NAME_ATTEMPTS = 8;

  /** How often an update may be overtaken by others before it gives up. */
  private static final int UPDATE_ATTEMPTS = 64;

  private static final String STALE =
      "the object has been modified; please apply your changes to the latest version and try again";

  private final Objects objects;
  private final AdmissionChain admission;
  private final ManagedFields managedFields;
  private final Map<GroupResource, Reservation> reservations;
  private final InstantSource clock;

  ObjectWriter(
      Objects objects,
      AdmissionChain admission,
      ManagedFields managedFields,
      Map<GroupResource, Reservation> reservations,
      InstantSource clock) {
    this.objects = objects;
    this.admission = admission;
    this.managedFields = managedFields;
    this.reservations = reservations;
    this.clock = clock;
  }

  /**
   * Makes the object to store from the one that is stored now.
   *
   * @see #update
   */
  @FunctionalInterface
  interface Change {
    /**
     * The updated object. Its resourceVersion, if it has one, must be the current one's. May run
     * several times.
     */
    JsonObject apply(JsonObject current);
  }

  /**
   * Stores a new object.
   *
   * @throws ApiException AlreadyExists, Invalid, or what admission says
   */
  Written create(Write write, JsonObject object) {
    ResourceType type = write.type().stored();
    JsonObject asked = object;
    if (!asked.object("metadata").string("resourceVersion").isEmpty()) {
      throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
    }
    if (type.namespaced()) {
      asked = ObjectMeta.with(asked, "namespace", write.namespace());
    } else {
      asked = asked.withoutAt("metadata", "namespace");
    }
    // As upstream: what admission changes is nobody's.
    asked = managedFields.update(write, asked, null, clock.instant());
    if (!write.internal()) {
      asked =
          admission.mutate(write.admission(Operation.CREATE, ObjectMeta.name(asked), asked, null));
    }
    asked = asked.with("metadata", ObjectMeta.ofNew(asked.object("metadata"), clock.instant()));
    boolean generated = ObjectMeta.name(asked).isEmpty();
    for (int attempt = 1; ; attempt++) {
      // Strategies see the name and uid: a Job's selector is made of them.
      JsonObject named = write.strategy().prepareForCreate(named(asked));
      named = Generations.ofNew(write.storedResource(), named);
      Hold hold = validateNew(write, named);
      JsonObject complete = named;
      try {
        return hold.around(() -> store(write, complete, null));
      } catch (Overtaken e) {
        if (!generated || attempt == NAME_ATTEMPTS) {
          throw ApiException.alreadyExists(write.resource(), ObjectMeta.name(named));
        }
      }
    }
  }

  private static JsonObject named(JsonObject object) {
    JsonObject metadata = object.object("metadata");
    String prefix = metadata.string("generateName");
    return metadata.string("name").isEmpty() && !prefix.isEmpty()
        ? ObjectMeta.with(object, "name", GeneratedNames.of(prefix, ThreadLocalRandom.current()))
        : object;
  }

  private Hold validateNew(Write write, JsonObject object) {
    FieldErrors errors = new FieldErrors();
    Strategy strategy = write.strategy();
    ResourceType type = write.type().stored();
    MetadataRules.validate(object, type.namespaced(), strategy::nameErrors, errors);
    MetadataRules.validateFinalizerNames(object, errors);
    strategy.validate(object, errors);
    strategy.validateCreate(object, errors);
    if (type.schema() != null) {
      SchemaRules.validate(type.schema(), object, errors);
    }
    String name = ObjectMeta.name(object);
    if (!errors.isEmpty()) {
      throw write.invalid(name, errors.list());
    }
    strategy.warnings(object, null).forEach(write.context()::warn);
    return admitted(write, write.admission(Operation.CREATE, name, object, null));
  }

  private Hold admitted(Write write, AdmissionRequest request) {
    if (write.internal()) {
      return Hold.NONE;
    }
    admission.validate(request);
    return admission.reserve(request);
  }

  /**
   * Changes an object. What others change in between is taken into account by running the change
   * again, unless the change insists on a resourceVersion.
   *
   * @param absent what to do if there is no object; null to fail with NotFound
   * @param repeats whether the change starts from whatever is stored, so that it can be tried again
   *     when others were faster
   * @throws ApiException NotFound, Conflict, Invalid, or what admission and the change say
   */
  Written update(Write write, Change change, @Nullable Creation absent, boolean repeats) {
    String key = write.key(write.name());
    CurrentState state = objects.latest(write.type(), key);
    for (int attempt = 1; ; attempt++) {
      try {
        if (state.object() == null) {
          if (absent == null) {
            throw ApiException.notFound(write.resource(), write.name());
          }
          return create(write, absent.object());
        }
        return updateOnce(write, change, state.object().tree());
      } catch (Overtaken e) {
        if (attempt == UPDATE_ATTEMPTS || (e.insists() && !repeats)) {
          throw ApiException.conflict(write.resource(), write.name(), STALE);
        }
        state = e.now();
      }
    }
  }

  /** Makes an object where an update found none. */
  @FunctionalInterface
  interface Creation {
    JsonObject object();
  }

  private Written updateOnce(Write write, Change change, JsonObject current) {
    JsonObject updated = change.apply(current);
    if (!write.type().namespaced()) {
      updated = updated.withoutAt("metadata", "namespace");
    }
    JsonObject before = current.object("metadata");
    String asked = updated.object("metadata").string("resourceVersion");
    checkIdentity(write, updated.object("metadata"), before);
    updated = managedFields.update(write, updated, current, clock.instant());
    if (!write.internal()) {
      updated = admission.mutate(write.admission(Operation.UPDATE, write.name(), updated, current));
    }
    updated = updated.with("metadata", ObjectMeta.ofUpdated(updated.object("metadata"), before));
    updated = ObjectMeta.with(updated, "resourceVersion", before.string("resourceVersion"));
    updated = write.strategy().prepareForUpdate(updated, current);
    updated = Generations.ofUpdated(write.storedResource(), updated, current);
    Hold hold = validateUpdated(write, updated, current);
    JsonObject complete = updated;
    try {
      return hold.around(() -> replace(write, complete, current));
    } catch (Overtaken e) {
      throw asked.isEmpty() ? e : e.insisting();
    }
  }

  private Written replace(Write write, JsonObject updated, JsonObject current) {
    if (updated.equals(current)) {
      return Written.unchanged(current);
    }
    return Deletions.isFinished(write.type().strategy(), updated)
        ? remove(write, updated, current)
        : store(write, updated, current);
  }

  private static void checkIdentity(Write write, JsonObject after, JsonObject before) {
    String uid = after.string("uid");
    if (!uid.isEmpty() && !uid.equals(before.string("uid"))) {
      throw ApiException.conflict(
          write.resource(),
          write.name(),
          "StorageError: invalid object, Code: 4, Key: "
              + write.key(write.name())
              + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + before.string("uid"));
    }
    String revision = after.string("resourceVersion");
    if (revision.isEmpty()) {
      if (!write.strategy().allowUnconditionalUpdate()) {
        FieldErrors errors = new FieldErrors();
        errors.invalid(
            FieldPath.of("metadata", "resourceVersion"),
            JsonNumber.of(0),
            "must be specified for an update");
        throw write.invalid(write.name(), errors.list());
      }
    } else if (!revision.equals(before.string("resourceVersion"))) {
      throw ApiException.conflict(write.resource(), write.name(), STALE);
    }
  }

  private Hold validateUpdated(Write write, JsonObject updated, JsonObject current) {
    FieldErrors errors = new FieldErrors();
    Strategy strategy = write.strategy();
    MetadataRules.validateUpdate(updated, current, errors);
    newFaults(write, updated, current).forEach(errors::add);
    strategy.validateUpdate(updated, current, errors);
    if (!errors.isEmpty()) {
      throw write.invalid(write.name(), errors.list());
    }
    strategy.warnings(updated, current).forEach(write.context()::warn);
    return admitted(write, write.admission(Operation.UPDATE, write.name(), updated, current));
  }

  /**
   * What is wrong with an updated object and was not wrong before, in the same words: who changes
   * something else need not mend what a laxer version or another server let in.
   */
  private static List<FieldError> newFaults(Write write, JsonObject updated, JsonObject current) {
    List<FieldError> faults = faults(write, updated);
    if (faults.isEmpty()) {
      return faults;
    }
    List<FieldError> known = faults(write, current);
    return faults.stream().filter(fault -> !known.contains(fault)).toList();
  }

  private static List<FieldError> faults(Write write, JsonObject object) {
    FieldErrors errors = new FieldErrors();
    ResourceType type = write.type().stored();
    MetadataRules.validate(object, type.namespaced(), (_, _) -> List.of(), errors);
    write.strategy().validate(object, errors);
    if (type.schema() != null && write.subresource() == null) {
      SchemaRules.validate(type.schema(), object, errors);
    }
    return errors.list();
  }

  /** Writes the object, with what is reserved for it. */
  private Written store(Write write, JsonObject object, @Nullable JsonObject current) {
    boolean dryRun = write.options().dryRun();
    Reservation pool = reservations.get(write.type().stored().resource().groupResource());
    Reservation.Held held = pool == null ? null : pool.reserve(object, current, dryRun);
    boolean done = false;
    try {
      JsonObject complete = held == null ? object : held.object();
      String key = write.key(ObjectMeta.name(complete));
      Written written = objects.put(write.type().stored(), key, complete, current, dryRun);
      done = !dryRun;
      return written;
    } finally {
      if (held != null && done) {
        held.commit();
      } else if (held != null) {
        held.rollback();
      }
    }
  }

  /** An update that took away the last thing that kept a deleted object alive. */
  private Written remove(Write write, JsonObject updated, JsonObject current) {
    boolean dryRun = write.options().dryRun();
    Written gone =
        objects.remove(write.type().stored(), write.key(write.name()), updated, current, dryRun);
    Reservation pool = reservations.get(write.type().stored().resource().groupResource());
    if (pool != null && !dryRun) {
      pool.release(current);
    }
    return gone;
  }
}
