package io.tiphys.model.proto;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.StructType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The content type {@code application/vnd.kubernetes.protobuf} (Kubernetes API concepts,
 * "Kubernetes Protobuf encoding"): an object is a message in an envelope, which is the bytes {@code
 * k8s\0} and a message {@code runtime.Unknown} with kind, version and the object's own message.
 *
 * <p>Safe for use by many threads.
 */
public final class Protobuf {
  /** The content type of single objects and lists. */
  public static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

  /** The content type of watches. */
  public static final String WATCH_CONTENT_TYPE = CONTENT_TYPE + ";stream=watch";

  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private final Schema schema;
  private final MessageLayouts layouts = new MessageLayouts();

  public Protobuf(Schema schema) {
    this.schema = schema;
  }

  /** A message {@code runtime.Unknown}: what an object is, and its message. */
  public record Envelope(
      String apiVersion, String kind, ByteString raw, String contentEncoding, String contentType) {

    /** The type of the object, if the schema has it. */
    Optional<StructType> type(Schema schema) {
      return schema.kind(GroupVersion.parse(apiVersion).kind(kind));
    }
  }

  /** Whether bytes start as an envelope does. */
  public static boolean isEnvelope(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && bytes[0] == MAGIC[0]
        && bytes[1] == MAGIC[1]
        && bytes[2] == MAGIC[2]
        && bytes[3] == MAGIC[3];
  }

  /**
   * Encodes an object or a list in an envelope; kind and version are its own.
   *
   * @throws ProtobufException if the schema does not have the kind, or a value is not of its type
   */
  public byte[] encode(JsonObject object) {
    String apiVersion = object.string("apiVersion");
    String kind = object.string("kind");
    StructType type =
        schema
            .kind(GroupVersion.parse(apiVersion).kind(kind))
            .orElseThrow(() -> unknown(apiVersion, kind));
    return encode(object, type);
  }

  /** As {@link #encode(JsonObject)}, with the type given. */
  public byte[] encode(JsonObject object, StructType type) {
    ReverseBuffer out = new ReverseBuffer();
    out.string(4, "");
    out.string(3, "");
    int mark = out.size();
    new MessageEncoder(layouts, out).struct(object, type);
    out.message(2, mark);
    mark = out.size();
    out.string(2, object.string("kind"));
    out.string(1, object.string("apiVersion"));
    out.message(1, mark);
    out.raw(MAGIC);
    return out.toBytes();
  }

  /**
   * Decodes an object in an envelope.
   *
   * @throws ProtobufException if the bytes are no envelope or message, or the schema does not have
   *     the kind
   */
  public JsonObject decode(byte[] bytes) {
    Envelope envelope = open(bytes);
    StructType type =
        envelope.type(schema).orElseThrow(() -> unknown(envelope.apiVersion(), envelope.kind()));
    return decode(envelope, type);
  }

  /** Decodes the object of an envelope, whose type the caller knows. */
  public JsonObject decode(Envelope envelope, StructType type) {
    return decoder()
        .struct(envelope.raw(), type)
        .with("apiVersion", envelope.apiVersion())
        .with("kind", envelope.kind());
  }

  /** Encodes an object or a part of one as a message without an envelope. */
  public byte[] encodeMessage(JsonObject object, StructType type) {
    ReverseBuffer out = new ReverseBuffer();
    new MessageEncoder(layouts, out).struct(object, type);
    return out.toBytes();
  }

  /**
   * Decodes a message without an envelope.
   *
   * @throws ProtobufException if the bytes are no such message
   */
  public JsonObject decodeMessage(byte[] bytes, StructType type) {
    return decoder().struct(ByteString.copyFrom(bytes), type);
  }

  private MessageDecoder decoder() {
    return new MessageDecoder(layouts, new ScalarMessages(this::inner));
  }

  /** Decodes an object that lies in another one; it may not hold a third. */
  private JsonObject inner(byte[] bytes) {
    Envelope envelope = open(bytes);
    StructType type =
        envelope.type(schema).orElseThrow(() -> unknown(envelope.apiVersion(), envelope.kind()));
    ScalarMessages flat =
        new ScalarMessages(_ -> {
          throw new ProtobufException("an object in an object holds a third object");
        });
    return new MessageDecoder(layouts, flat)
        .struct(envelope.raw(), type)
        .with("apiVersion", envelope.apiVersion())
        .with("kind", envelope.kind());
  }

  /**
   * Reads an envelope without the object in it.
   *
   * @throws ProtobufException if the bytes are none
   */
  public static Envelope open(byte[] bytes) {
    if (bytes.length == 0) {
      throw new ProtobufException("empty data");
    }
    if (!isEnvelope(bytes)) {
      throw new ProtobufException(
          "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    }
    if (bytes.length == MAGIC.length) {
      throw new ProtobufException("empty body");
    }
    return MessageDecoder.guarded(
        "k8s.io.apimachinery.pkg.runtime.Unknown",
        () -> {
          CodedInputStream in =
              CodedInputStream.newInstance(bytes, MAGIC.length, bytes.length - MAGIC.length);
          String[] typeMeta = {"", ""};
          ByteString raw = ByteString.EMPTY;
          String encoding = "";
          String type = "";
          for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
              case 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> typeMeta(in, typeMeta);
              case 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> raw = in.readBytes();
              case 3 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                  encoding = in.readStringRequireUtf8();
              case 4 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                  type = in.readStringRequireUtf8();
              default -> in.skipField(tag);
            }
          }
          return new Envelope(typeMeta[0], typeMeta[1], raw, encoding, type);
        });
  }

  private static void typeMeta(CodedInputStream in, String[] typeMeta) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            typeMeta[0] = in.readStringRequireUtf8();
        case 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            typeMeta[1] = in.readStringRequireUtf8();
        default -> in.skipField(tag);
      }
    }
    in.popLimit(outer);
  }

  /**
   * A frame of a watch's stream: the size as four bytes, big endian, then a message {@code
   * meta.v1.WatchEvent} without an envelope, whose object is in one.
   *
   * @param type {@code ADDED}, {@code MODIFIED}, {@code DELETED}, {@code BOOKMARK} or {@code ERROR}
   * @param object an object as {@link #encode(JsonObject)} returns it
   */
  public static byte[] watchFrame(String type, byte[] object) {
    ReverseBuffer out = new ReverseBuffer();
    out.bytes(1, object);
    out.message(2, 0);
    out.string(1, type);
    out.raw(ByteBuffer.allocate(Integer.BYTES).putInt(out.size()).array());
    return out.toBytes();
  }

  private static ProtobufException unknown(String apiVersion, String kind) {
    return new ProtobufException(
        "no kind \"" + kind + "\" is registered for version \"" + apiVersion + "\"");
  }
}
