package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.WatchCache;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.selector.LabelSelector;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;

/** Answers requests on {@code scale}: how many replicas, whatever the kind; on virtual threads. */
final class Scales {
  private final WatchCache cache;
  private final Objects objects;
  private final BodyReader bodies;
  private final ObjectWriter writer;
  private final Answers answers;
  private final Patches patches;

  Scales(
      WatchCache cache,
      Objects objects,
      BodyReader bodies,
      ObjectWriter writer,
      Answers answers,
      Patches patches) {
    this.cache = cache;
    this.objects = objects;
    this.bodies = bodies;
    this.writer = writer;
    this.answers = answers;
    this.patches = patches;
  }

  void call(Call call) {
    switch (call.verb()) {
      case "get" -> get(call);
      case "update" -> {
        WriteOptions options = WriteOptions.of(call.context().parameters(), "UpdateOptions");
        JsonObject scale =
            bodies.read(call, call.subresource().kind(), call.subresource().schema(), options);
        Writes.checkNames(call, scale);
        change(call, options, _ -> scale);
      }
      default -> {
        WriteOptions options = WriteOptions.of(call.context().parameters(), "PatchOptions");
        if (Patches.isApply(call)) {
          answer(call, patches.appliedScale(call, options).tree());
        } else {
          change(
              call,
              options,
              current -> patches.patchedScale(call, scaleOf(call, current), options));
        }
      }
    }
  }

  private void get(Call call) {
    cache.awaitFresh();
    CachedObject object =
        objects.cache(call.type()).get(call.type().key(call.namespace(), call.name()));
    if (object == null) {
      throw ApiException.notFound(call.resource(), call.name());
    }
    answer(call, object.tree());
  }

  private void change(Call call, WriteOptions options, ObjectWriter.Change wanted) {
    Written written =
        writer.update(
            call.write(options),
            current -> scaled(current, wanted.apply(current), call),
            null,
            call.verb().equals("patch"));
    answer(call, written.tree());
  }

  private void answer(Call call, JsonObject object) {
    answers.plain(call.exchange(), call.context(), call.output(), 200, scaleOf(call, object));
  }

  private static JsonObject scaled(JsonObject current, JsonObject scale, Call call) {
    long replicas = replicas(scale, call);
    JsonObject metadata = scale.object("metadata");
    JsonObject result = current.withAt(JsonNumber.of(replicas), "spec", "replicas");
    for (String precondition : java.util.List.of("uid", "resourceVersion")) {
      String value = metadata.string(precondition);
      result =
          value.isEmpty()
              ? result.withoutAt("metadata", precondition)
              : ObjectMeta.with(result, precondition, value);
    }
    return result;
  }

  /**
   * How many replicas a Scale asks for.
   *
   * @throws ApiException Invalid if they are fewer than none
   */
  static long replicas(JsonObject scale, Call call) {
    long replicas = scale.object("spec").number("replicas", 0);
    if (replicas < 0) {
      FieldErrors errors = new FieldErrors();
      errors.invalid(
          FieldPath.of("spec", "replicas"),
          JsonNumber.of(replicas),
          "must be greater than or equal to 0");
      throw ApiException.invalid("autoscaling", "Scale", call.name(), errors.list());
    }
    return replicas;
  }

  private static JsonObject scaleOf(Call call, JsonObject object) {
    GroupVersionKind kind = java.util.Objects.requireNonNull(call.subresource()).kind();
    JsonObject metadata = JsonObject.EMPTY;
    for (String field :
        java.util.List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      Json value = object.object("metadata").get(field);
      metadata = value == null ? metadata : metadata.with(field, value);
    }
    JsonObject status = JsonObject.of("replicas", object.object("status").number("replicas", 0));
    return JsonObject.of(
        "apiVersion",
        kind.apiVersion(),
        "kind",
        kind.kind(),
        "metadata",
        metadata,
        "spec",
        JsonObject.of("replicas", object.object("spec").number("replicas", 0)),
        "status",
        withSelector(status, object, !kind.group().equals("autoscaling")));
  }

  /** Before {@code autoscaling/v1} the selector was a map, and text in {@code targetSelector}. */
  private static JsonObject withSelector(JsonObject status, JsonObject object, boolean old) {
    JsonObject selector = object.object("spec").object("selector");
    String text = selector.isEmpty() ? "" : selector(object).toString();
    if (text.isEmpty()) {
      return status;
    }
    if (!old) {
      return status.with("selector", text);
    }
    JsonObject labels = selector.object("matchLabels");
    return (selector.array("matchExpressions").isEmpty() ? status.with("selector", labels) : status)
        .with("targetSelector", text);
  }

  /** A ReplicationController's selector is plain labels. */
  private static LabelSelector selector(JsonObject object) {
    JsonObject selector = object.object("spec").object("selector");
    return object.string("kind").equals("ReplicationController")
        ? LabelSelector.ofLabels(selector)
        : LabelSelector.ofObject(selector);
  }
}
