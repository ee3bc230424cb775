package io.tiphys.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON texts to trees.
 *
 * <p>Limits: nesting of {@value #MAX_DEPTH}; the caller bounds the size of the text. Text after the
 * first value is an error. Integers beyond int64 become doubles, as in upstream's decoder.
 */
public final class JsonReader {
  /** Deepest nesting of objects and arrays that is accepted. */
  public static final int MAX_DEPTH = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(1_000)
                  .build())
          .build();

  private final JsonParser parser;
  private @Nullable List<String> duplicates;
  private final List<Object> path = new ArrayList<>();

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * A parsed value and the paths of keys that occurred twice in their object, such as {@code
   * spec.replicas} or {@code spec.containers[0].image}.
   */
  public record Result(Json value, List<String> duplicates) {
    public Result {
      duplicates = List.copyOf(duplicates);
    }
  }

  /**
   * Parses a text.
   *
   * @throws JsonException if the bytes are not exactly one JSON value in UTF-8
   */
  public static Result read(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      JsonReader reader = new JsonReader(parser);
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonException("unexpected end of JSON input");
      }
      Json value = reader.value(first);
      if (parser.nextToken() != null) {
        throw new JsonException(fault(utf8, "text after the first value"));
      }
      return new Result(value, reader.duplicates == null ? List.of() : reader.duplicates);
    } catch (JsonProcessingException e) {
      throw new JsonException(fault(utf8, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new JsonException("invalid UTF-8: " + e.getMessage(), e);
    }
  }

  private static String fault(byte[] utf8, String otherwise) {
    return JsonSyntax.fault(utf8).orElse(otherwise);
  }

  private Json value(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> JsonString.of(parser.getText());
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> real();
      case VALUE_TRUE -> JsonBool.TRUE;
      case VALUE_FALSE -> JsonBool.FALSE;
      case VALUE_NULL -> JsonNull.NULL;
      default -> throw new JsonException("unexpected " + token);
    };
  }

  private JsonObject object() throws IOException {
    JsonObject.Builder builder = new JsonObject.Builder();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      path.add(key);
      if (builder.put(key, value(parser.nextToken()))) {
        duplicate();
      }
      path.removeLast();
    }
    return builder.build();
  }

  private JsonArray array() throws IOException {
    List<Json> items = new ArrayList<>();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      path.add(items.size());
      items.add(value(token));
      path.removeLast();
    }
    return JsonArray.of(items);
  }

  private JsonNumber integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> JsonNumber.of(parser.getLongValue());
      default -> finite(((BigInteger) parser.getNumberValue()).doubleValue());
    };
  }

  private JsonNumber real() throws IOException {
    return finite(parser.getDoubleValue());
  }

  private JsonNumber finite(double value) throws IOException {
    if (!Double.isFinite(value)) {
      throw new JsonException("number " + parser.getText() + " is out of range");
    }
    return JsonNumber.of(value);
  }

  private void duplicate() {
    if (duplicates == null) {
      duplicates = new ArrayList<>();
    }
    StringBuilder text = new StringBuilder();
    for (Object step : path) {
      if (step instanceof Integer i) {
        text.append('[').append(i).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step);
      }
    }
    duplicates.add(text.toString());
  }
}
