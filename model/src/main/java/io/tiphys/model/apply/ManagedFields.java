package io.tiphys.model.apply;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The owners of an object's fields, as {@code metadata.managedFields} tells them. */
final class ManagedFields {
  private static final int MAX_UPDATERS = 10;
  private static final String ANCIENT = "ancient-changes";

  private static final Comparator<Ownership> ORDER =
      Comparator.comparing((Ownership o) -> o.manager().operation())
          .thenComparingLong(Ownership::seconds)
          .thenComparing(o -> o.manager().name())
          .thenComparing(Ownership::apiVersion)
          .thenComparing(o -> o.manager().subresource());

  private final Map<Manager, Ownership> owners = new HashMap<>();

  /** The owners that an object names. */
  static ManagedFields of(JsonObject object) {
    return parse(value(object), null);
  }

  static @Nullable Json value(JsonObject object) {
    return object.object("metadata").get("managedFields");
  }

  /** An object without its {@code managedFields}. */
  static JsonObject strip(JsonObject object) {
    return value(object) == null ? object : object.withoutAt("metadata", "managedFields");
  }

  /**
   * Reads {@code managedFields}; entries that the trusted list has too are not checked again.
   *
   * @throws JsonException if an entry is wrong
   */
  private static ManagedFields parse(@Nullable Json value, @Nullable Json trusted) {
    ManagedFields result = new ManagedFields();
    if (value == null || value == JsonNull.NULL) {
      return result;
    }
    if (!(value instanceof JsonArray entries)) {
      throw new JsonException("managedFields must be an array");
    }
    boolean check = trusted != null && !trusted.equals(value);
    for (int i = 0; i < entries.size(); i++) {
      if (!(entries.get(i) instanceof JsonObject entry)) {
        throw new JsonException("managed fields entry " + i + " must be an object");
      }
      Ownership owner = ownership(entry, i, check);
      result.owners.put(owner.manager(), owner);
    }
    return result;
  }

  private static Ownership ownership(JsonObject entry, int index, boolean check) {
    String apiVersion = entry.string("apiVersion");
    Manager.Operation operation =
        switch (entry.string("operation")) {
          case "Apply" -> Manager.Operation.APPLY;
          case "Update" -> Manager.Operation.UPDATE;
          default -> throw new JsonException("operation must be `Apply` or `Update`");
        };
    if (apiVersion.isEmpty()) {
      throw new JsonException("apiVersion must not be empty");
    }
    if (!entry.string("fieldsType").equals("FieldsV1")) {
      throw new JsonException(
          entry.string("fieldsType").isEmpty()
              ? "missing fieldsType in managed fields entry " + index
              : "invalid fieldsType \""
                  + entry.string("fieldsType")
                  + "\" in managed fields entry "
                  + index);
    }
    boolean applied = operation == Manager.Operation.APPLY;
    Manager manager =
        new Manager(
            entry.string("manager"),
            operation,
            applied ? "" : apiVersion,
            entry.string("subresource"));
    FieldSet fields =
        check ? FieldSet.parse(entry.get("fieldsV1")) : new FieldSet(entry.object("fieldsV1"));
    return new Ownership(manager, apiVersion, entry.string("time"), fields, check ? null : entry);
  }

  /**
   * The owners that an update starts from: those that the client sent if it sent any, so that a
   * client can set them; none if it sent an empty list or a list of one empty entry; else those of
   * the object as it is.
   */
  static ManagedFields ofUpdate(JsonObject live, JsonObject updated) {
    Json sent = value(updated);
    boolean reset =
        sent instanceof JsonArray list
            && (list.isEmpty() || (list.size() == 1 && list.get(0).equals(JsonObject.EMPTY)));
    if (reset) {
      return new ManagedFields();
    }
    try {
      Json known = value(live);
      ManagedFields parsed = parse(sent, known == null ? JsonArray.EMPTY : known);
      return parsed.isEmpty() ? ofLive(live) : parsed;
    } catch (JsonException e) {
      return ofLive(live);
    }
  }

  /** The owners that an object names; none if they cannot be read. */
  static ManagedFields ofLive(JsonObject live) {
    try {
      return of(live);
    } catch (JsonException e) {
      return new ManagedFields();
    }
  }

  boolean isEmpty() {
    return owners.isEmpty();
  }

  List<Ownership> list() {
    return List.copyOf(owners.values());
  }

  Optional<Ownership> get(Manager manager) {
    return Optional.ofNullable(owners.get(manager));
  }

  ManagedFields copy() {
    ManagedFields copy = new ManagedFields();
    copy.owners.putAll(owners);
    return copy;
  }

  /** Sets what a manager owns; who owns nothing is forgotten. */
  void put(Ownership owner) {
    if (owner.fields().isEmpty()) {
      owners.remove(owner.manager());
    } else {
      owners.put(owner.manager(), owner);
    }
  }

  void remove(Manager manager) {
    owners.remove(manager);
  }

  /** Merges the oldest of too many updaters into one entry per version. */
  void cap() {
    List<Ownership> updaters =
        owners.values().stream()
            .filter(o -> !o.manager().isApplier())
            .sorted(Comparator.comparingLong(Ownership::seconds).thenComparing(Ownership::manager))
            .toList();
    int surplus = updaters.size() - MAX_UPDATERS;
    Map<String, Ownership> firsts = new HashMap<>();
    for (int i = 0; i < updaters.size() && surplus > 0; i++) {
      Ownership owner = updaters.get(i);
      Ownership first = firsts.putIfAbsent(owner.apiVersion(), owner);
      if (first != null) {
        mergeInto(first, owner);
        surplus--;
      }
    }
  }

  private void mergeInto(Ownership first, Ownership owner) {
    Manager bucket = Manager.updater(ANCIENT, owner.apiVersion(), "");
    Ownership base = owners.get(bucket);
    if (base == null) {
      owners.remove(first.manager());
      base = first;
    }
    owners.remove(owner.manager());
    FieldSet fields = owner.fields().union(base.fields());
    owners.put(bucket, new Ownership(bucket, owner.apiVersion(), owner.time(), fields, null));
  }

  /** An object that names these owners. */
  JsonObject applyTo(JsonObject object) {
    if (owners.isEmpty()) {
      return strip(object);
    }
    JsonArray entries =
        JsonArray.of(owners.values().stream().sorted(ORDER).map(Ownership::entry).toList());
    return entries.equals(value(object))
        ? object
        : object.with("metadata", object.object("metadata").with("managedFields", entries));
  }
}
