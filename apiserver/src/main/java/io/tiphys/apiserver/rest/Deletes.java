package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.representation.Codecs;
import io.tiphys.apiserver.representation.Format;
import io.tiphys.apiserver.representation.ListBody;
import io.tiphys.apiserver.representation.Representation;
import io.tiphys.apiserver.request.ListOptions;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.Shape;
import io.tiphys.model.schema.ShapeException;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.status.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers deletions; on virtual threads. */
final class Deletes {
  private static final StructType OPTIONS =
      Schema.kubernetes()
          .kind(new GroupVersionKind("", "v1", "DeleteOptions"))
          .orElseThrow(() -> new IllegalStateException("the schema lacks DeleteOptions"));

  private final ObjectDeleter deleter;
  private final ListReader reader;
  private final Objects objects;
  private final Representation representation;
  private final Answers answers;

  Deletes(
      ObjectDeleter deleter,
      ListReader reader,
      Objects objects,
      Representation representation,
      Answers answers) {
    this.deleter = deleter;
    this.reader = reader;
    this.objects = objects;
    this.representation = representation;
    this.answers = answers;
  }

  void delete(Call call) {
    DeleteOptions options = options(call);
    Written gone = deleter.delete(write(call, call.name(), options), options);
    if (gone.effect() == Written.Effect.DELETED && !DeletionDefaults.returnsObject(call.type())) {
      answers.plain(
          call.exchange(), call.context(), call.output(), 200, Answers.deleted(call, gone.tree()));
      return;
    }
    boolean accepted =
        gone.effect() != Written.Effect.DELETED
            && options.orphanDependents().isPresent()
            && !options.orphanDependents().get();
    answers.written(call, accepted ? 202 : 200, gone);
  }

  /** Deletes what a list of the same parameters would show, and answers with that list. */
  void deleteCollection(Call call) {
    DeleteOptions options = options(call);
    ListOptions list = ListOptions.of(call.context().parameters(), false);
    Selection selection =
        Selection.of(call.type(), list.labelSelector(), list.fieldSelector(), call.info());
    Optional<ContinueToken> token =
        list.continueToken().isEmpty()
            ? Optional.empty()
            : Optional.of(ContinueToken.decode(list.continueToken()));
    String prefix = call.type().prefix(call.namespace());
    ListReader.Found found =
        reader.find(
            ListReader.moment(list, token),
            objects.cache(call.type()),
            token.map(t -> prefix + t.start()).orElse(prefix),
            prefix,
            token);
    ListReader.Page page = ListReader.page(found, selection, prefix, list.limit());
    List<JsonObject> deleted = new ArrayList<>();
    for (CachedObject object : page.objects()) {
      try {
        deleter.delete(write(call, object, options), options);
        deleted.add(object.tree());
      } catch (ApiException e) {
        if (!e.is(Reason.NOT_FOUND)) {
          throw e;
        }
      }
    }
    JsonObject metadata = ListBody.metadata(page.revision(), page.next(), page.remaining());
    answers.encoded(
        call,
        200,
        representation.list(call.type(), metadata, deleted, call.output(), call.context()));
  }

  private static Write write(Call call, String name, DeleteOptions options) {
    return new Write(
        call.context(),
        call.type(),
        null,
        call.namespace(),
        name,
        WriteOptions.forDelete(options),
        Write.Origin.CLIENT);
  }

  private static Write write(Call call, CachedObject object, DeleteOptions options) {
    return new Write(
        call.context(),
        call.type(),
        null,
        call.type().namespaced() ? object.namespace() : "",
        object.name(),
        WriteOptions.forDelete(options),
        Write.Origin.CLIENT);
  }

  private DeleteOptions options(Call call) {
    return DeleteOptions.of(body(call), call.context().parameters());
  }

  private @Nullable JsonObject body(Call call) {
    byte[] body = call.exchange().body();
    if (body.length == 0) {
      return null;
    }
    String contentType = call.exchange().header("content-type");
    try {
      Codecs.Decoded decoded =
          representation.decode(body, Format.ofBody(contentType == null ? "" : contentType));
      String kind = decoded.tree().string("kind");
      if (!kind.isEmpty() && !kind.equals("DeleteOptions")) {
        throw ApiException.badRequest("expected a DeleteOptions, not a " + kind);
      }
      return Shape.fit(decoded.tree(), OPTIONS).value();
    } catch (ShapeException e) {
      throw ApiException.badRequest(
          "DeleteOptions in version \"v1\" cannot be handled as a DeleteOptions: "
              + e.getMessage());
    } catch (JsonException e) {
      throw ApiException.badRequest(
          "the object provided is unrecognized (must be of type DeleteOptions): " + e.getMessage());
    }
  }
}
