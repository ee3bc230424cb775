package io.tiphys.model.patch;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON patch (RFC 6902). Where the RFC leaves room, or upstream's library departs from it, this
 * does as that library: {@code replace} may set a key that is absent, {@code test} of an absent key
 * holds for null, negative indexes count from the end.
 *
 * <p>At most {@value #MAX_OPERATIONS} operations; {@code copy} may add {@value #MAX_COPIED_BYTES}
 * bytes in all.
 */
public final class JsonPatch {
  public static final int MAX_OPERATIONS = 10_000;
  public static final long MAX_COPIED_BYTES = 3 * 1024 * 1024;

  private static final String MISSING = ": missing value";
  private static final String BAD_INDEX = ": invalid index referenced";

  /** Runs one operation on a document and returns the new document. */
  private interface Operation {
    Json run(JsonPatch patch, Json document, JsonObject operation);
  }

  private static final Map<String, Operation> OPERATIONS =
      Map.of(
          "add", JsonPatch::add,
          "remove", JsonPatch::remove,
          "replace", JsonPatch::replace,
          "move", JsonPatch::move,
          "copy", JsonPatch::copy,
          "test", JsonPatch::test);

  private final List<JsonObject> operations;
  private long copiedBytes;

  private JsonPatch(List<JsonObject> operations) {
    this.operations = operations;
  }

  /**
   * Applies a patch to a document.
   *
   * @throws PatchException if the patch is malformed, too large, or an operation fails
   */
  public static Json apply(Json document, Json patch) {
    return new JsonPatch(operations(patch)).run(document);
  }

  private static List<JsonObject> operations(Json patch) {
    if (patch == JsonNull.NULL) {
      return List.of();
    }
    if (!(patch instanceof JsonArray array)) {
      throw PatchException.malformed(
          "json: cannot unmarshal " + patch.typeName() + " into Go value of type jsonpatch.Patch");
    }
    if (array.size() > MAX_OPERATIONS) {
      throw PatchException.tooLarge(
          "The allowed maximum operations in a JSON patch is "
              + MAX_OPERATIONS
              + ", got "
              + array.size());
    }
    List<JsonObject> operations = new ArrayList<>(array.size());
    for (Json item : array) {
      if (!(item instanceof JsonObject operation)) {
        throw PatchException.malformed(
            "json: cannot unmarshal "
                + item.typeName()
                + " into Go value of type jsonpatch.Operation");
      }
      operations.add(operation);
    }
    return operations;
  }

  private Json run(Json document) {
    Json result = document;
    for (JsonObject operation : operations) {
      String kind = operation.optionalString("op").orElse("unknown");
      Operation code = OPERATIONS.get(kind);
      if (code == null) {
        throw PatchException.notApplicable("Unexpected kind: " + kind);
      }
      result = code.run(this, result, operation);
    }
    return result;
  }

  private Json add(Json document, JsonObject operation) {
    JsonPointer path = pointer(operation, "add", "path");
    Json parent = path.parent(document);
    if (parent == null) {
      throw missing("add operation does not apply: doc is missing path: " + quote(path));
    }
    return insert(document, path, value(operation), "error in add for path: '" + path.text() + "'");
  }

  private Json remove(Json document, JsonObject operation) {
    JsonPointer path = pointer(operation, "remove", "path");
    if (path.parent(document) == null) {
      throw missing("remove operation does not apply: doc is missing path: " + quote(path));
    }
    return delete(document, path, "error in remove for path: '" + path.text() + "'");
  }

  private Json replace(Json document, JsonObject operation) {
    JsonPointer path = pointer(operation, "replace", "path");
    Json value = value(operation);
    if (path.isRoot()) {
      if (value instanceof JsonObject || value instanceof JsonArray) {
        return value;
      }
      throw PatchException.notApplicable("replace operation value must be object or array");
    }
    Json parent = path.parent(document);
    if (parent == null) {
      throw missing("replace operation does not apply: doc is missing path: " + path.text());
    }
    if (!(parent instanceof JsonArray array)) {
      return path.changeParent(document, o -> ((JsonObject) o).with(path.last(), value));
    }
    int index =
        existing(
            array, path, "replace operation does not apply: doc is missing key: " + path.text());
    return path.changeParent(document, _ -> array.with(index, value));
  }

  private Json move(Json document, JsonObject operation) {
    JsonPointer from = pointer(operation, "move", "from");
    if (from.parent(document) == null) {
      throw missing("move operation does not apply: doc is missing from path: " + from.text());
    }
    String failure = "error in move for path: '" + from.last() + "'";
    Json value = get(document, from, failure);
    Json without = delete(document, from, failure);
    JsonPointer path = pointer(operation, "move", "path");
    if (path.parent(without) == null) {
      throw missing(
          "move operation does not apply: doc is missing destination path: " + path.text());
    }
    return insert(
        without,
        path,
        value == null ? JsonNull.NULL : value,
        "error in move for path: '" + path.text() + "'");
  }

  private Json copy(Json document, JsonObject operation) {
    JsonPointer from = pointer(operation, "copy", "from");
    if (from.parent(document) == null) {
      throw missing("copy operation does not apply: doc is missing from path: " + from.text());
    }
    Json found = get(document, from, "error in copy for from: '" + from.text() + "'");
    Json value = found == null ? JsonNull.NULL : found;
    JsonPointer path = pointer(operation, "copy", "path");
    if (path.parent(document) == null) {
      throw missing(
          "copy operation does not apply: doc is missing destination path: " + path.text());
    }
    copiedBytes += value.toBytes().length;
    if (copiedBytes > MAX_COPIED_BYTES) {
      throw PatchException.notApplicable(
          "Unable to complete the copy, the accumulated size increase of copy is "
              + copiedBytes
              + ", exceeding the limit "
              + MAX_COPIED_BYTES);
    }
    return insert(document, path, value, "error while adding value during copy");
  }

  private Json test(Json document, JsonObject operation) {
    JsonPointer path = pointer(operation, "test", "path");
    Json expected = value(operation);
    Json actual = document;
    if (!path.isRoot()) {
      if (path.parent(document) == null) {
        throw missing("test operation does not apply: is missing path: " + path.text());
      }
      Json found = get(document, path, "error in test for path: '" + path.text() + "'");
      actual = found == null ? JsonNull.NULL : found;
    }
    if (!actual.equals(expected)) {
      throw PatchException.notApplicable("testing value " + path.text() + " failed: test failed");
    }
    return document;
  }

  private static JsonPointer pointer(JsonObject operation, String kind, String name) {
    if (operation.get(name) instanceof JsonString s) {
      return JsonPointer.parse(s.value());
    }
    throw missing(kind + " operation failed to decode " + name);
  }

  private static Json value(JsonObject operation) {
    Json value = operation.get("value");
    return value == null ? JsonNull.NULL : value;
  }

  private static @Nullable Json get(Json document, JsonPointer path, String failure) {
    return path.parent(document) instanceof JsonArray array
        ? array.get(existing(array, path, failure))
        : ((JsonObject) parent(document, path)).get(path.last());
  }

  private static Json parent(Json document, JsonPointer path) {
    Json parent = path.parent(document);
    if (parent == null) {
      throw new IllegalStateException("no parent of " + path.text());
    }
    return parent;
  }

  private static Json insert(Json document, JsonPointer path, Json value, String failure) {
    if (!(parent(document, path) instanceof JsonArray array)) {
      return path.changeParent(document, o -> ((JsonObject) o).with(path.last(), value));
    }
    int index = path.last().equals("-") ? array.size() : position(array, path, true, failure);
    List<Json> items = new ArrayList<>(array.list());
    items.add(index, value);
    return path.changeParent(document, _ -> JsonArray.of(items));
  }

  private static Json delete(Json document, JsonPointer path, String failure) {
    if (parent(document, path) instanceof JsonArray array) {
      int index = existing(array, path, failure);
      return path.changeParent(document, _ -> array.without(index));
    }
    return path.changeParent(
        document,
        o -> {
          JsonObject object = (JsonObject) o;
          if (!object.has(path.last())) {
            throw missing(failure + ": Unable to remove nonexistent key: " + path.last());
          }
          return object.without(path.last());
        });
  }

  private static int existing(JsonArray array, JsonPointer path, String failure) {
    return position(array, path, false, failure);
  }

  /** The index that a pointer means, for an item that exists or one to insert. */
  private static int position(JsonArray array, JsonPointer path, boolean insert, String failure) {
    int size = array.size() + (insert ? 1 : 0);
    Integer index = JsonPointer.index(path.last());
    if (index == null) {
      throw PatchException.notApplicable(
          failure + ": value was not a proper array index: '" + path.last() + "'");
    }
    if (index >= size || index < -size) {
      throw PatchException.notApplicable(
          failure + ": Unable to access invalid index: " + index + BAD_INDEX);
    }
    return index < 0 ? index + size : index;
  }

  private static String quote(JsonPointer path) {
    return "\"" + path.text() + "\"";
  }

  private static PatchException missing(String message) {
    return PatchException.notApplicable(message + MISSING);
  }
}
