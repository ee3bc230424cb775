package io.tiphys.apiserver.resource;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a kind behaves beyond what its schema says. All functions are pure; objects are in the
 * storage version. Generic work (metadata, types, required fields, enums, static defaults) is not
 * repeated here.
 */
public interface Strategy {

  /** A kind without any rule of its own. */
  Strategy NONE = new Strategy() {};

  /** Computes defaults that depend on other fields. Runs after the schema's static defaults. */
  default JsonObject defaults(JsonObject object) {
    return object;
  }

  /** Clears what a creator may not set ({@code status}), sets what the server decides. */
  default JsonObject prepareForCreate(JsonObject object) {
    return object;
  }

  /** Keeps what this way of updating may not change ({@code status}, or all but it). */
  default JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return updated;
  }

  /**
   * Checks an object as such, new or updated. What was wrong with an object before, in the same
   * words, does not keep others from updating the rest of it.
   */
  default void validate(JsonObject object, FieldErrors errors) {}

  /** What a new object must fulfil beyond that, and existing ones need not. */
  default void validateCreate(JsonObject object, FieldErrors errors) {}

  /** Checks what may change. The updated object is valid by itself already. */
  default void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {}

  /** Warnings for the client about an object that is accepted. */
  default List<String> warnings(JsonObject object, @Nullable JsonObject current) {
    return List.of();
  }

  /** How long a deletion waits for the kind's owner to finish, in seconds; 0: deleted at once. */
  default long gracePeriodSeconds(JsonObject object, @Nullable Long asked) {
    return 0;
  }

  /** What else changes when a deletion begins: a namespace's phase. */
  default JsonObject beginDeletion(JsonObject object) {
    return object;
  }

  /** Whether nothing of the kind's own keeps a deleted object alive: {@code spec.finalizers}. */
  default boolean finalized(JsonObject object) {
    return true;
  }

  /** Whether PUT on an absent name creates the object. */
  default boolean allowCreateOnUpdate() {
    return false;
  }

  /** Whether an update without resourceVersion is accepted. */
  default boolean allowUnconditionalUpdate() {
    return true;
  }

  /** Names allowed for objects; returns upstream's texts of what is wrong. */
  default List<String> nameErrors(String name, boolean prefix) {
    return ObjectNames.subdomain(name, prefix);
  }
}
