package io.tiphys.apiserver.representation;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonReader;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.json.JsonWriter;
import io.tiphys.model.proto.Protobuf;
import io.tiphys.model.proto.ProtobufException;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.yaml.YamlReader;
import io.tiphys.model.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Decoders and encoders of whole bodies, by format. */
public record Codecs(Codec json, Codec yaml, Codec protobuf) {
  /** JSON texts. */
  public static final Codec JSON =
      new Codec() {
        @Override
        public Decoded decode(byte[] body) {
          JsonReader.Result result;
          try {
            result = JsonReader.read(body);
          } catch (JsonException e) {
            throw new JsonException(NO_KIND + e.getMessage(), e);
          }
          return new Decoded(
              object(result.value()),
              result.duplicates().stream()
                  .map(path -> "duplicate field " + JsonString.of(path))
                  .toList());
        }

        @Override
        public byte[] encode(JsonObject tree) {
          return JsonWriter.write(tree);
        }

        @Override
        public byte[] frame(String type, JsonObject object) {
          return SharedEvents.frame(JsonObject.of("type", type, "object", object));
        }
      };

  /** YAML documents. */
  public static final Codec YAML =
      new Codec() {
        @Override
        public Decoded decode(byte[] body) {
          YamlReader.Result result = YamlReader.read(body);
          return new Decoded(
              object(result.value()),
              result.duplicates().isEmpty() ? List.of() : List.of(result.duplicatesMessage()));
        }

        @Override
        public byte[] encode(JsonObject tree) {
          return YamlWriter.write(tree).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] frame(String type, JsonObject object) {
          byte[] event = encode(JsonObject.of("type", type, "object", object));
          byte[] frame = Arrays.copyOf(SEPARATOR, SEPARATOR.length + event.length);
          System.arraycopy(event, 0, frame, SEPARATOR.length, event.length);
          return frame;
        }
      };

  private static final String NO_KIND = "couldn't get version/kind; json parse error: ";

  /** How upstream's message names the type that it looks for first. */
  private static final String KIND_TYPE =
      "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string"
          + " \"json:\\\"kind,omitempty\\\"\" }";

  private static final byte[] SEPARATOR = "---\n".getBytes(StandardCharsets.US_ASCII);

  /** All formats, with protobuf by the types of a schema. */
  public static Codecs of(Schema schema) {
    return new Codecs(JSON, YAML, new ProtobufCodec(new Protobuf(schema)));
  }

  private static JsonObject object(Json value) {
    return switch (value) {
      case JsonObject object -> object;
      case JsonNull _ -> JsonObject.EMPTY;
      default ->
          throw new JsonException(
              NO_KIND
                  + "json: cannot unmarshal "
                  + value.typeName()
                  + " into Go value of type "
                  + KIND_TYPE);
    };
  }

  private record ProtobufCodec(Protobuf protobuf) implements Codec {
    @Override
    public Decoded decode(byte[] body) {
      try {
        return new Decoded(protobuf.decode(body), List.of());
      } catch (ProtobufException e) {
        throw new JsonException(e.getMessage(), e);
      }
    }

    @Override
    public byte[] encode(JsonObject tree) {
      try {
        return protobuf.encode(tree);
      } catch (ProtobufException e) {
        throw Format.notAcceptable();
      }
    }

    @Override
    public byte[] frame(String type, JsonObject object) {
      return Protobuf.watchFrame(type, encode(object));
    }
  }

  /**
   * A decoded body.
   *
   * @param faults what strict readers mind: keys that were there twice
   */
  public record Decoded(JsonObject tree, List<String> faults) {
    public Decoded {
      faults = List.copyOf(faults);
    }
  }

  /** One format. */
  public interface Codec {
    /**
     * Reads a body.
     *
     * @throws JsonException if the body is not in this format
     */
    Decoded decode(byte[] body);

    byte[] encode(JsonObject tree);

    /** An event of a watch's stream. */
    byte[] frame(String type, JsonObject object);
  }
}
