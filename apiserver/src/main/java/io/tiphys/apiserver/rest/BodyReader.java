package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.representation.Codecs;
import io.tiphys.apiserver.representation.Format;
import io.tiphys.apiserver.representation.Representation;
import io.tiphys.apiserver.resource.ResourceCatalog;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.Shape;
import io.tiphys.model.schema.ShapeException;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.status.ApiException;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request's body into an object: decodes it, checks that it is of the kind that the URL
 * means, fits it to its schema, and deals with unknown and duplicate fields.
 */
final class BodyReader {
  private static final int SUMMARY = 30;
  private static final String NO_JSON = "error converting YAML to JSON: ";

  private final Representation representation;
  private final ResourceCatalog catalog;

  BodyReader(Representation representation, ResourceCatalog catalog) {
    this.representation = representation;
    this.catalog = catalog;
  }

  /**
   * The object in the request's body, in the version that the client named.
   *
   * @throws ApiException BadRequest, UnsupportedMediaType
   */
  JsonObject read(
      Call call, GroupVersionKind kind, @Nullable StructType schema, WriteOptions options) {
    String contentType = call.exchange().header("content-type");
    Format format = Format.ofBody(contentType == null ? "" : contentType);
    byte[] body = call.exchange().body();
    Codecs.Decoded decoded;
    try {
      decoded = representation.decode(body, format);
    } catch (JsonException e) {
      throw unrecognized(kind, e.getMessage(), body);
    }
    checkTypeMeta(decoded.tree(), kind, body);
    JsonObject tree = withKind(decoded.tree(), kind);
    checkKind(tree, kind);
    return fit(call, tree, schema, decoded.faults(), options, why -> cannotBe(kind, kind, why));
  }

  /**
   * The configuration in the body of an apply: YAML, of which JSON is a part.
   *
   * @throws ApiException BadRequest
   */
  JsonObject applied(Call call, GroupVersionKind kind, WriteOptions options) {
    byte[] body = call.exchange().body();
    JsonObject config = appliedTree(call, body, options);
    if (config.string("kind").isEmpty() || config.string("apiVersion").isEmpty()) {
      throw unrecognized(kind, "Object 'Kind' or 'apiVersion' is missing", body);
    }
    checkKind(config, kind);
    JsonObject metadata = config.object("metadata");
    if (!metadata.array("managedFields").isEmpty()) {
      throw ApiException.badRequest("metadata.managedFields must be nil");
    }
    if (metadata.string("name").isEmpty()) {
      return ObjectMeta.with(config, "name", call.name());
    }
    Writes.checkNames(call, config);
    return config;
  }

  private static JsonObject appliedTree(Call call, byte[] body, WriteOptions options) {
    YamlReader.Result result;
    try {
      result = YamlReader.read(body);
    } catch (JsonException e) {
      throw ApiException.badRequest("error decoding YAML: " + NO_JSON + e.getMessage());
    }
    if (!result.duplicates().isEmpty()) {
      String fault = NO_JSON + result.duplicatesMessage();
      switch (options.fieldValidation()) {
        case IGNORE -> {
          // The last one wins, as asked.
        }
        case WARN -> call.context().warn(fault);
        case STRICT -> throw ApiException.badRequest("error strict decoding YAML: " + fault);
      }
    }
    return switch (result.value()) {
      case JsonObject tree -> tree;
      case JsonNull _ -> JsonObject.EMPTY;
      case Json other ->
          throw ApiException.badRequest(
              "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot"
                  + " unmarshal "
                  + other.typeName()
                  + " into Go value of type map[string]interface {}");
    };
  }

  /**
   * Fits what a patch has led to to its schema.
   *
   * @throws ApiException Invalid
   */
  JsonObject fitPatched(
      Call call, JsonObject tree, @Nullable StructType schema, WriteOptions options) {
    FieldPath path = FieldPath.of("patch");
    return fit(
        call,
        tree,
        schema,
        List.of(),
        options,
        why -> {
          JsonString value = JsonString.of(tree.toString());
          return ApiException.invalid("", "", "", List.of(FieldError.invalid(path, value, why)));
        });
  }

  /** Fits a tree to its schema and reports fields that are unknown or were there twice. */
  private static JsonObject fit(
      Call call,
      JsonObject tree,
      @Nullable StructType schema,
      List<String> duplicates,
      WriteOptions options,
      Function<String, ApiException> unfit) {
    if (schema == null) {
      report(call, List.of(), duplicates, options, unfit);
      return tree;
    }
    try {
      Shape.Result fit = Shape.fit(tree, schema);
      report(call, fit.unknown(), duplicates, options, unfit);
      return fit.value();
    } catch (ShapeException e) {
      throw unfit.apply(e.getMessage());
    }
  }

  private static void report(
      Call call,
      List<String> unknown,
      List<String> others,
      WriteOptions options,
      Function<String, ApiException> unfit) {
    if (unknown.isEmpty() && others.isEmpty()) {
      return;
    }
    List<String> faults = new ArrayList<>(others);
    unknown.forEach(path -> faults.add("unknown field " + JsonString.of(path)));
    switch (options.fieldValidation()) {
      case IGNORE -> {
        // Dropped in silence, as asked.
      }
      case WARN -> faults.forEach(call.context()::warn);
      case STRICT -> throw unfit.apply("strict decoding error: " + String.join(", ", faults));
    }
  }

  /** Kind and version are read before all else. */
  private static void checkTypeMeta(JsonObject tree, GroupVersionKind kind, byte[] body) {
    for (String field : List.of("apiVersion", "kind")) {
      Json value = tree.get(field);
      if (value != null && value != JsonNull.NULL && !(value instanceof JsonString)) {
        String why =
            "couldn't get version/kind; json parse error: json: cannot unmarshal "
                + value.typeName()
                + " into Go struct field ."
                + field
                + " of type string";
        throw unrecognized(kind, why, body);
      }
    }
    String apiVersion = tree.string("apiVersion");
    if (apiVersion.indexOf('/') != apiVersion.lastIndexOf('/')) {
      throw unrecognized(kind, "unexpected GroupVersion string: " + apiVersion, body);
    }
  }

  /** A body may leave out what the URL says. */
  private static JsonObject withKind(JsonObject tree, GroupVersionKind kind) {
    JsonObject result = tree;
    if (tree.string("kind").isEmpty()) {
      result = result.with("kind", kind.kind());
    }
    return tree.string("apiVersion").isEmpty()
        ? result.with("apiVersion", kind.apiVersion())
        : result;
  }

  private void checkKind(JsonObject tree, GroupVersionKind expected) {
    GroupVersionKind actual =
        GroupVersion.parse(tree.string("apiVersion")).kind(tree.string("kind"));
    if (actual.equals(expected)) {
      return;
    }
    boolean known = catalog.find(actual).isPresent();
    if (!known) {
      throw cannotBe(
          actual,
          expected,
          "no kind "
              + JsonString.of(actual.kind())
              + " is registered for version "
              + JsonString.of(actual.apiVersion())
              + " in scheme \"k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30\"");
    }
    if (actual.kind().equals(expected.kind())) {
      throw ApiException.badRequest(
          "the API version in the data ("
              + actual.apiVersion()
              + ") does not match the expected API version ("
              + expected.apiVersion()
              + ")");
    }
    throw cannotBe(
        actual,
        expected,
        "converting ("
            + packaged(actual)
            + ") to ("
            + (expected.group().isEmpty() ? "core" : groupName(expected))
            + "."
            + expected.kind()
            + "): unknown conversion");
  }

  private static String packaged(GroupVersionKind kind) {
    return kind.version() + "." + kind.kind();
  }

  private static String groupName(GroupVersionKind kind) {
    int dot = kind.group().indexOf('.');
    return dot < 0 ? kind.group() : kind.group().substring(0, dot);
  }

  private static ApiException cannotBe(
      GroupVersionKind actual, GroupVersionKind expected, String why) {
    return ApiException.badRequest(
        actual.kind()
            + " in version "
            + JsonString.of(actual.version())
            + " cannot be handled as a "
            + expected.kind()
            + ": "
            + why);
  }

  static ApiException unrecognized(GroupVersionKind kind, String why, byte[] body) {
    return ApiException.badRequest(
        "the object provided is unrecognized (must be of type "
            + kind.kind()
            + "): "
            + why
            + " ("
            + summary(body)
            + ")");
  }

  private static String summary(byte[] body) {
    if (body.length == 0) {
      return "<empty>";
    }
    String more = body.length > SUMMARY ? " ..." : "";
    int length = Math.min(body.length, SUMMARY);
    if (body[0] == '{') {
      return new String(body, 0, length, StandardCharsets.UTF_8) + more;
    }
    return java.util.HexFormat.of().formatHex(body, 0, length) + more;
  }
}
