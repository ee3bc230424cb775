package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.status.ApiException;
import org.jspecify.annotations.Nullable;

/** Answers creations and updates; on virtual threads. */
final class Writes {
  private final BodyReader bodies;
  private final ObjectWriter writer;
  private final Defaulting defaulting;
  private final Answers answers;
  private final CreationPermit permit;

  Writes(
      BodyReader bodies,
      ObjectWriter writer,
      Defaulting defaulting,
      Answers answers,
      CreationPermit permit) {
    this.permit = permit;
    this.bodies = bodies;
    this.writer = writer;
    this.defaulting = defaulting;
    this.answers = answers;
  }

  void create(Call call) {
    WriteOptions options = WriteOptions.of(call.context().parameters(), "CreateOptions");
    JsonObject object = read(call, options);
    checkNamespace(
        call,
        object,
        "the namespace of the provided object does not match the namespace sent on the request");
    Write write = call.write(options);
    answers.written(call, 201, writer.create(write, defaulting.toStorage(call.type(), object)));
  }

  void update(Call call) {
    WriteOptions options = WriteOptions.of(call.context().parameters(), "UpdateOptions");
    JsonObject object = read(call, options);
    checkNames(call, object);
    JsonObject stored = defaulting.toStorage(call.type(), object);
    Write write = call.write(options);
    boolean creates = write.strategy().allowCreateOnUpdate() && call.subresource() == null;
    ObjectWriter.Creation creation =
        () -> {
          permit.check(call);
          return stored;
        };
    Written written = writer.update(write, _ -> stored, creates ? creation : null, false);
    answers.written(call, written.effect() == Written.Effect.CREATED ? 201 : 200, written);
  }

  /**
   * @throws ApiException BadRequest if the object names itself otherwise than the URL
   */
  static void checkNames(Call call, JsonObject object) {
    String name = ObjectMeta.name(object);
    if (name.isEmpty()) {
      throw ApiException.badRequest(
          "the name of the object ("
              + call.name()
              + " based on URL) was undeterminable: name must be provided");
    }
    if (!name.equals(call.name())) {
      throw ApiException.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + call.name()
              + ")");
    }
    checkNamespace(
        call,
        object,
        "the namespace of the object ("
            + object.object("metadata").string("namespace")
            + ") does not match the namespace on the request ("
            + call.namespace()
            + ")");
  }

  private JsonObject read(Call call, WriteOptions options) {
    ResourceType type = call.type();
    Subresource part = call.subresource();
    GroupVersionKind kind = part == null ? type.kind() : part.kind();
    @Nullable StructType schema = part == null ? type.schema() : part.schema();
    return bodies.read(call, kind, schema, options);
  }

  private static void checkNamespace(Call call, JsonObject object, String fault) {
    String namespace = object.object("metadata").string("namespace");
    if (!namespace.isEmpty() && call.type().namespaced() && !namespace.equals(call.namespace())) {
      throw ApiException.badRequest(fault);
    }
  }
}
