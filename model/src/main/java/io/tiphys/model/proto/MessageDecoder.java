package io.tiphys.model.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.proto.MessageLayout.FieldSlot;
import io.tiphys.model.proto.MessageLayout.InlineSlot;
import io.tiphys.model.schema.Field;
import io.tiphys.model.schema.ListType;
import io.tiphys.model.schema.MapType;
import io.tiphys.model.schema.ScalarType;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.schema.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a protobuf message to a tree. Fields that the schema does not have are skipped, as Go
 * does; of a field that comes twice the last counts. Depth and size are bounded by the input.
 */
final class MessageDecoder {
  /** Deepest nesting of messages that is accepted. */
  static final int MAX_DEPTH = 200;

  private final MessageLayouts layouts;
  private final ScalarMessages scalars;
  private int depth;

  MessageDecoder(MessageLayouts layouts, ScalarMessages scalars) {
    this.layouts = layouts;
    this.scalars = scalars;
  }

  /**
   * @throws ProtobufException if the bytes are no such message
   */
  JsonObject struct(ByteString bytes, StructType type) {
    return guarded(type, () -> struct(bytes.newCodedInput(), type));
  }

  /** Reads from a stream over bytes in memory. */
  interface Read<T> {
    T run() throws IOException;
  }

  static <T> T guarded(Object what, Read<T> read) {
    try {
      return read.run();
    } catch (InvalidProtocolBufferException e) {
      if (String.valueOf(e.getMessage()).contains("ended unexpectedly")) {
        throw new ProtobufException("unexpected EOF", e);
      }
      throw new ProtobufException("invalid protobuf message " + what + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ProtobufException("cannot read protobuf message " + what, e);
    }
  }

  JsonObject struct(CodedInputStream in, StructType type) throws IOException {
    if (++depth > MAX_DEPTH) {
      throw new ProtobufException(
          "protobuf message " + type + " is nested deeper than " + MAX_DEPTH);
    }
    List<Field> fields = type.fields();
    @Nullable Object[] found = new Object[fields.size()];
    message(in, layouts.of(type), type, found);
    depth--;
    JsonObject.Builder object = new JsonObject.Builder(fields.size());
    for (int i = 0; i < found.length; i++) {
      Json value = found[i] == null ? null : finish(found[i]);
      if (value != null && (fields.get(i).zeroKept() || !value.isZero())) {
        object.put(fields.get(i).name(), value);
      }
    }
    return object.build();
  }

  private static Json finish(Object collected) {
    return switch (collected) {
      case Json json -> json;
      case ItemList list -> JsonArray.of(list.items);
      case JsonObject.Builder map -> map.build();
      default -> throw new IllegalStateException("unexpected " + collected.getClass());
    };
  }

  /** The items of a list so far. */
  private static final class ItemList {
    final List<Json> items = new ArrayList<>();
  }

  private void message(
      CodedInputStream in, MessageLayout layout, StructType type, @Nullable Object[] found)
      throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (layout.slot(WireFormat.getTagFieldNumber(tag))) {
        case FieldSlot slot -> field(in, tag, slot, type, found);
        case InlineSlot slot -> {
          int outer = enter(in, tag, type);
          message(in, slot.message(), type, found);
          leave(in, outer);
        }
        case null -> in.skipField(tag);
      }
    }
  }

  private void field(
      CodedInputStream in, int tag, FieldSlot slot, StructType type, @Nullable Object[] found)
      throws IOException {
    int i = slot.index();
    switch (slot.field().type()) {
      case ListType list when list.wrapped() -> {
        int outer = enter(in, tag, type);
        found[i] = wrapped(in);
        leave(in, outer);
      }
      case ListType list -> {
        ItemList items = found[i] instanceof ItemList known ? known : new ItemList();
        found[i] = items;
        items(in, tag, list.item(), type, items.items);
      }
      case MapType map -> {
        JsonObject.Builder entries =
            found[i] instanceof JsonObject.Builder known ? known : new JsonObject.Builder();
        found[i] = entries;
        entry(in, tag, map, type, entries);
      }
      default -> found[i] = single(in, tag, slot.field().type(), type);
    }
  }

  /** The items of a list that is a message of its own. */
  private static JsonArray wrapped(CodedInputStream in) throws IOException {
    List<Json> items = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == (1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
        items.add(JsonString.of(in.readStringRequireUtf8()));
      } else {
        in.skipField(tag);
      }
    }
    return JsonArray.of(items);
  }

  private void items(CodedInputStream in, int tag, Type item, StructType type, List<Json> items)
      throws IOException {
    boolean numbers =
        item == ScalarType.INT32 || item == ScalarType.INT64 || item == ScalarType.BOOL;
    if (numbers && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      int outer = in.pushLimit(in.readRawVarint32());
      while (!in.isAtEnd()) {
        items.add(number(in, (ScalarType) item));
      }
      leave(in, outer);
    } else {
      Json value = single(in, tag, item, type);
      items.add(value == null ? JsonObject.EMPTY : value);
    }
  }

  private void entry(
      CodedInputStream in, int tag, MapType map, StructType type, JsonObject.Builder entries)
      throws IOException {
    int outer = enter(in, tag, type);
    String key = "";
    Json value = null;
    for (int inner = in.readTag(); inner != 0; inner = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(inner)) {
        case 1 -> key = ((JsonString) scalar(in, inner, ScalarType.STRING, type)).value();
        case 2 -> {
          if (map.value() instanceof ListType) {
            int list = enter(in, inner, type);
            value = wrapped(in);
            leave(in, list);
          } else {
            value = single(in, inner, map.value(), type);
          }
        }
        default -> in.skipField(inner);
      }
    }
    leave(in, outer);
    entries.put(key, value == null ? zero(map.value()) : value);
  }

  private Json zero(Type type) {
    return switch (type) {
      case StructType _, MapType _ -> JsonObject.EMPTY;
      case ListType _ -> JsonArray.EMPTY;
      case ScalarType scalar -> scalars.zero(scalar);
    };
  }

  /** A struct or scalar; null if the message says that it is absent. */
  private @Nullable Json single(CodedInputStream in, int tag, Type type, StructType enclosing)
      throws IOException {
    if (type instanceof StructType struct) {
      int outer = enter(in, tag, enclosing);
      JsonObject object = struct(in, struct);
      leave(in, outer);
      return object;
    }
    return scalar(in, tag, (ScalarType) type, enclosing);
  }

  private @Nullable Json scalar(CodedInputStream in, int tag, ScalarType type, StructType enclosing)
      throws IOException {
    return switch (type) {
      case BOOL, INT32, INT64 -> {
        require(tag, WireFormat.WIRETYPE_VARINT, enclosing);
        yield number(in, type);
      }
      case DOUBLE -> {
        require(tag, WireFormat.WIRETYPE_FIXED64, enclosing);
        double value = in.readDouble();
        if (!Double.isFinite(value)) {
          throw new ProtobufException("protobuf message " + enclosing + " holds " + value);
        }
        yield value == Math.rint(value) && Math.abs(value) < 1e15
            ? JsonNumber.of((long) value)
            : JsonNumber.of(value);
      }
      case STRING -> {
        require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED, enclosing);
        yield JsonString.of(in.readStringRequireUtf8());
      }
      case BYTES -> {
        require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED, enclosing);
        yield JsonString.of(Base64.getEncoder().encodeToString(in.readByteArray()));
      }
      case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRINGS -> {
        int outer = enter(in, tag, enclosing);
        Json value = schema(in, type, enclosing);
        leave(in, outer);
        yield value;
      }
      default -> {
        int outer = enter(in, tag, enclosing);
        Json value = scalars.read(in, type);
        leave(in, outer);
        yield value;
      }
    };
  }

  private static Json number(CodedInputStream in, ScalarType type) throws IOException {
    return switch (type) {
      case BOOL -> JsonBool.of(in.readBool());
      case INT32 -> JsonNumber.of(in.readInt32());
      default -> JsonNumber.of(in.readInt64());
    };
  }

  /** See JSONSchemaPropsOrArray, -OrBool and -OrStringArray in apiextensions. */
  private @Nullable Json schema(CodedInputStream in, ScalarType type, StructType schema)
      throws IOException {
    boolean or = type == ScalarType.SCHEMA_OR_BOOL;
    int schemaNumber = or ? 2 : 1;
    Type item = type == ScalarType.SCHEMA_OR_ARRAY ? schema : ScalarType.STRING;
    Json found = null;
    boolean allows = false;
    List<Json> items = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int number = WireFormat.getTagFieldNumber(tag);
      if (number == schemaNumber) {
        found = single(in, tag, schema, schema);
      } else if (or && number == 1) {
        allows = scalar(in, tag, ScalarType.BOOL, schema) == JsonBool.TRUE;
      } else if (number == 2) {
        items(in, tag, item, schema, items);
      } else {
        in.skipField(tag);
      }
    }
    if (found != null) {
      return found;
    }
    if (or) {
      return JsonBool.of(allows);
    }
    return JsonArray.of(items);
  }

  private static int enter(CodedInputStream in, int tag, StructType where) throws IOException {
    require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED, where);
    return in.pushLimit(in.readRawVarint32());
  }

  private static void leave(CodedInputStream in, int outer) throws IOException {
    in.checkLastTagWas(0);
    in.popLimit(outer);
  }

  private static void require(int tag, int wireType, StructType where) {
    if (WireFormat.getTagWireType(tag) != wireType) {
      throw new ProtobufException(
          "proto: wrong wireType = "
              + WireFormat.getTagWireType(tag)
              + " for field "
              + WireFormat.getTagFieldNumber(tag)
              + " of "
              + where);
    }
  }
}
