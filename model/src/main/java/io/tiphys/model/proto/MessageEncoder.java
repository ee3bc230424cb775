package io.tiphys.model.proto;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.proto.MessageLayout.FieldSlot;
import io.tiphys.model.proto.MessageLayout.InlineSlot;
import io.tiphys.model.proto.MessageLayout.Slot;
import io.tiphys.model.quantity.GoDuration;
import io.tiphys.model.quantity.Timestamps;
import io.tiphys.model.quantity.ValueFormatException;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.MapType;
import io.tiphys.model.schema.ScalarType;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;
import java.time.Instant;
import java.util.Base64;

/** Encodes a tree as a protobuf message, from its end to its start. */
final class MessageEncoder {
  private final MessageLayouts layouts;
  private final ReverseBuffer out;

  MessageEncoder(MessageLayouts layouts, ReverseBuffer out) {
    this.layouts = layouts;
    this.out = out;
  }

  /**
   * @throws ProtobufException if a value is not of its field's type
   */
  void struct(JsonObject object, StructType type) {
    message(object, layouts.of(type), type);
  }

  private void message(JsonObject object, MessageLayout layout, StructType type) {
    Slot[] slots = layout.slots();
    for (int i = slots.length - 1; i >= 0; i--) {
      switch (slots[i]) {
        case FieldSlot slot -> {
          Json value = object.get(slot.field().name());
          if (value != null && value != JsonNull.NULL) {
            field(slot, value, type);
          }
        }
        case InlineSlot slot -> {
          int mark = out.size();
          message(object, slot.message(), type);
          if (out.size() > mark) {
            out.message(slot.number(), mark);
          }
        }
      }
    }
  }

  private void field(FieldSlot slot, Json value, StructType type) {
    try {
      value(slot.number(), value, slot.field().type(), type);
    } catch (ClassCastException | ValueFormatException | IllegalArgumentException e) {
      throw new ProtobufException(
          type.name()
              + "."
              + slot.field().name()
              + " cannot hold a value of type "
              + value.typeName(),
          e);
    }
  }

  private void value(int number, Json value, Type type, StructType enclosing) {
    switch (type) {
      case StructType struct -> {
        int mark = out.size();
        struct((JsonObject) value, struct);
        out.message(number, mark);
      }
      case ListType list -> {
        int mark = out.size();
        JsonArray items = (JsonArray) value;
        for (int i = items.size() - 1; i >= 0; i--) {
          value(list.wrapped() ? 1 : number, items.get(i), list.item(), enclosing);
        }
        if (list.wrapped()) {
          out.message(number, mark);
        }
      }
      case MapType map -> {
        JsonObject entries = (JsonObject) value;
        for (int i = entries.size() - 1; i >= 0; i--) {
          int mark = out.size();
          value(2, entries.value(i), map.value(), enclosing);
          out.string(1, entries.key(i));
          out.message(number, mark);
        }
      }
      case ScalarType scalar -> scalar(number, value, scalar, enclosing);
    }
  }

  private void scalar(int number, Json value, ScalarType type, StructType enclosing) {
    switch (type) {
      case STRING -> out.string(number, string(value));
      case BOOL -> out.varint(number, ((JsonBool) value).value() ? 1 : 0);
      case INT32, INT64 -> out.varint(number, ((JsonNumber) value).longValue());
      case DOUBLE ->
          out.fixed64(number, Double.doubleToRawLongBits(((JsonNumber) value).doubleValue()));
      case BYTES -> out.bytes(number, Base64.getDecoder().decode(string(value)));
      default -> {
        int mark = out.size();
        scalarMessage(value, type, enclosing);
        out.message(number, mark);
      }
    }
  }

  /** Values that are single in JSON and messages in protobuf. */
  private void scalarMessage(Json value, ScalarType type, StructType enclosing) {
    switch (type) {
      case QUANTITY -> out.string(1, value instanceof JsonNumber n ? n.toString() : string(value));
      case INT_OR_STRING -> {
        boolean number = value instanceof JsonNumber;
        out.string(3, number ? "" : string(value));
        out.varint(2, value instanceof JsonNumber n ? n.longValue() : 0);
        out.varint(1, number ? 0 : 1);
      }
      case TIME -> {
        if (value != JsonNull.NULL) {
          time(Timestamps.truncate(Timestamps.parse(string(value))));
        }
      }
      case MICRO_TIME -> {
        if (value != JsonNull.NULL) {
          time(Timestamps.parseMicro(string(value)));
        }
      }
      case DURATION -> out.varint(1, GoDuration.parse(string(value)).toNanos());
      case ANY, FIELDS_V1, JSON -> out.bytes(1, value.toBytes());
      case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> schema(value, type, enclosing);
      case STRING, BOOL, INT32, INT64, DOUBLE, BYTES ->
          throw new IllegalArgumentException(type + " is no message");
    }
  }

  private void time(Instant time) {
    out.varint(2, time.getNano());
    out.varint(1, time.getEpochSecond());
  }

  private void schema(Json value, ScalarType type, StructType schema) {
    boolean or = type == ScalarType.SCHEMA_OR_BOOL;
    switch (value) {
      case JsonObject object -> {
        value(or ? 2 : 1, object, schema, schema);
        if (or) {
          out.varint(1, 1);
        }
      }
      case JsonArray items -> {
        Type item = type == ScalarType.SCHEMA_OR_ARRAY ? schema : ScalarType.STRING;
        for (int i = items.size() - 1; i >= 0; i--) {
          value(2, items.get(i), item, schema);
        }
      }
      default -> out.varint(1, ((JsonBool) value).value() ? 1 : 0);
    }
  }

  private static String string(Json value) {
    return ((JsonString) value).value();
  }
}
