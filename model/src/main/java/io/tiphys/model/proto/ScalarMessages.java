package io.tiphys.model.proto;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.GoDuration;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.quantity.Timestamps;
import io.tiphys.model.quantity.ValueFormatException;
import io.tiphys.model.schema.ScalarType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decodes the messages that JSON shows as single values: quantities, times, raw JSON. */
final class ScalarMessages {
  private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final Instant MIN_TIME = Instant.parse("0000-01-01T00:00:00Z");

  /** Decodes an object in an envelope, which {@code RawExtension} may hold instead of JSON. */
  private final Function<byte[], JsonObject> envelope;

  ScalarMessages(Function<byte[], JsonObject> envelope) {
    this.envelope = envelope;
  }

  /** The fields of such a message: no two types use one number differently. */
  private static final class Fields {
    long first;
    long second;
    @Nullable String text1;
    String text3 = "";
    byte @Nullable [] raw;
    boolean any;
  }

  /** Reads up to the current limit; null if the value is absent. */
  @Nullable Json read(CodedInputStream in, ScalarType type) throws IOException {
    boolean raw = type == ScalarType.ANY || type == ScalarType.FIELDS_V1 || type == ScalarType.JSON;
    Fields fields = new Fields();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      fields.any = true;
      switch (tag) {
        case 1 << 3 | WireFormat.WIRETYPE_VARINT -> fields.first = in.readInt64();
        case 2 << 3 | WireFormat.WIRETYPE_VARINT -> fields.second = in.readInt32();
        case 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          if (raw) {
            fields.raw = in.readByteArray();
          } else {
            fields.text1 = in.readStringRequireUtf8();
          }
        }
        case 3 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            fields.text3 = in.readStringRequireUtf8();
        default -> in.skipField(tag);
      }
    }
    try {
      return value(fields, type);
    } catch (ValueFormatException | JsonException | DateTimeException e) {
      throw new ProtobufException(e.getMessage(), e);
    }
  }

  private @Nullable Json value(Fields fields, ScalarType type) {
    return switch (type) {
      case QUANTITY ->
          fields.text1 == null
              ? zero(type)
              : JsonString.of(Quantity.parse(fields.text1).toString());
      case INT_OR_STRING ->
          fields.first == 0 ? JsonNumber.of(fields.second) : JsonString.of(fields.text3);
      case TIME -> fields.any ? JsonString.of(Timestamps.format(instant(fields))) : null;
      case MICRO_TIME -> fields.any ? JsonString.of(Timestamps.formatMicro(instant(fields))) : null;
      case DURATION -> JsonString.of(GoDuration.format(Duration.ofNanos(fields.first)));
      case ANY, FIELDS_V1 -> fields.raw == null ? null : raw(fields.raw);
      case JSON -> fields.raw == null ? JsonNull.NULL : Json.parse(fields.raw);
      default -> throw new IllegalArgumentException(type + " is no message");
    };
  }

  private static Instant instant(Fields fields) {
    Instant time = Instant.ofEpochSecond(fields.first, fields.second);
    if (time.isBefore(MIN_TIME) || time.isAfter(MAX_TIME)) {
      throw new ProtobufException("time " + time + " is not within the years 0 to 9999");
    }
    return time;
  }

  private @Nullable Json raw(byte[] bytes) {
    if (bytes.length == 0) {
      return null;
    }
    return Protobuf.isEnvelope(bytes) ? envelope.apply(bytes) : Json.parse(bytes);
  }

  /** What an entry of a map without a value holds. */
  Json zero(ScalarType type) {
    return switch (type) {
      case STRING, BYTES -> JsonString.EMPTY;
      case BOOL -> JsonBool.FALSE;
      case INT32, INT64, DOUBLE, INT_OR_STRING -> JsonNumber.of(0);
      case QUANTITY -> JsonString.of("0");
      case DURATION -> JsonString.of("0s");
      case TIME, MICRO_TIME, ANY, FIELDS_V1, JSON -> JsonNull.NULL;
      case SCHEMA_OR_BOOL -> JsonBool.FALSE;
      case SCHEMA_OR_ARRAY, SCHEMA_OR_STRINGS -> JsonArray.EMPTY;
    };
  }
}
