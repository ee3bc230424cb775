package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Events, of the core group and of {@code events.k8s.io}, which are stored in the core form. Those
 * with an {@code eventTime} are of the new kind, whatever the group, and must say who reports.
 */
public final class EventStrategy implements Strategy {
  /** By the rules of the core group, which are lax for the sake of old clients. */
  static final EventStrategy CORE = new EventStrategy("reportingComponent", false);

  /** By the rules of {@code events.k8s.io/v1}: new events must be of the new kind. */
  public static final EventStrategy STRICT = new EventStrategy("reportingController", true);

  /** Where events about objects without a namespace may lie. */
  private static final Set<String> OLD_HOMES = Set.of("", "default");

  private static final Set<String> NEW_HOMES = Set.of("default", "kube-system");
  private static final int LONGEST_TEXT = 128;
  private static final int LONGEST_MESSAGE = 1024;

  private static final List<String> IMMUTABLE =
      List.of(
          "involvedObject",
          "reason",
          "message",
          "source",
          "firstTimestamp",
          "lastTimestamp",
          "count",
          "type",
          "eventTime",
          "action",
          "related",
          "reportingInstance");

  private final String controllerField;
  private final boolean strict;

  private EventStrategy(String controllerField, boolean strict) {
    this.controllerField = controllerField;
    this.strict = strict;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope event = Scope.of(object, errors);
    String namespace = object.object("metadata").string("namespace");
    Scope involved = event.in("involvedObject");
    String about = involved.string("namespace");
    boolean isNew = event.isSet("eventTime");
    boolean fine =
        about.isEmpty()
            ? (isNew ? NEW_HOMES : OLD_HOMES).contains(namespace)
            : isNew || about.equals(namespace);
    if (!fine) {
      errors.invalid(
          involved.at("namespace"), JsonString.of(about), "does not match event.namespace");
    }
    if (isNew) {
      reporter(event, errors);
    }
  }

  private void reporter(Scope event, FieldErrors errors) {
    String controller = event.string("reportingComponent");
    if (controller.isEmpty()) {
      errors.required(event.at(controllerField), "");
    }
    event.format(event.at(controllerField), controller, Names::qualifiedName);
    for (String field : List.of("reportingInstance", "action", "reason")) {
      event.required(field);
      atMost(event, field, LONGEST_TEXT, errors);
    }
    atMost(event, "message", LONGEST_MESSAGE, errors);
  }

  private static void atMost(Scope event, String field, int bytes, FieldErrors errors) {
    if (event.string(field).getBytes(StandardCharsets.UTF_8).length > bytes) {
      errors.invalid(
          event.at(field), JsonString.of(""), "can have at most " + bytes + " characters");
    }
  }

  @Override
  public void validateCreate(JsonObject object, FieldErrors errors) {
    if (!strict) {
      return;
    }
    Scope event = Scope.of(object, errors);
    series(event, errors);
    event.required("eventTime");
    String type = event.string("type");
    if (!type.equals("Normal") && !type.equals("Warning")) {
      errors.invalid(event.at("type"), JsonString.of(""), "has invalid value: " + type);
    }
    for (String field : List.of("firstTimestamp", "lastTimestamp", "count")) {
      unset(event, event.isSet(field), field, errors);
    }
    JsonObject source = object.object("source");
    boolean named = !source.string("component").isEmpty() || !source.string("host").isEmpty();
    unset(event, named, "source", errors);
  }

  private static void unset(Scope event, boolean set, String field, FieldErrors errors) {
    if (set) {
      errors.invalid(event.at(field), JsonString.of(""), "needs to be unset");
    }
  }

  private static void series(Scope event, FieldErrors errors) {
    if (!event.has("series")) {
      return;
    }
    Scope series = event.in("series");
    if (series.number("count", 0) < 2) {
      errors.invalid(series.at("count"), JsonString.of(""), "should be at least 2");
    }
    series.required("lastObservedTime");
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    if (!strict) {
      return;
    }
    Scope event = Scope.of(updated, errors);
    if (!Trees.same(updated.get("series"), current.get("series"))) {
      series(event, errors);
    }
    IMMUTABLE.forEach(field -> event.immutable(field, current));
    String controller = event.string("reportingComponent");
    if (!controller.equals(current.string("reportingComponent"))) {
      errors.invalid(event.at(controllerField), JsonString.of(controller), "field is immutable");
    }
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }
}
