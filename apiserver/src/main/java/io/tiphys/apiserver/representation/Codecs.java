package io.tiphys.apiserver.representation;

import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonReader;
import io.tiphys.model.json.JsonWriter;
import java.util.List;

/** Decoders and encoders of whole bodies, by format. */
public record Codecs(Codec json, Codec yaml, Codec protobuf) {
  /** JSON texts. */
  public static final Codec JSON =
      new Codec() {
        @Override
        public Decoded decode(byte[] body) {
          JsonReader.Result result = JsonReader.read(body);
          if (!(result.value() instanceof JsonObject object)) {
            throw new JsonException("expected an object, not " + result.value().typeName());
          }
          return new Decoded(object, result.duplicates());
        }

        @Override
        public byte[] encode(JsonObject tree) {
          return JsonWriter.write(tree);
        }
      };

  /**
   * A decoded body.
   *
   * @param duplicates paths of keys that were there twice
   */
  public record Decoded(JsonObject tree, List<String> duplicates) {
    public Decoded {
      duplicates = List.copyOf(duplicates);
    }
  }

  /** One format. */
  public interface Codec {
    /**
     * @throws JsonException if the body is not in this format
     */
    Decoded decode(byte[] body);

    byte[] encode(JsonObject tree);
  }
}
