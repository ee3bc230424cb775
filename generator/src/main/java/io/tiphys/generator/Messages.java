package io.tiphys.generator;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.tiphys.generator.Message.MessageField;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;

/** Reads the descriptors of all messages in the artifact {@code client-java-proto}. */
final class Messages {
  private static final String CLASSES = "io/kubernetes/client/proto/";

  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String RUNTIME = "io.k8s.apimachinery.pkg.runtime.";

  /** Messages that JSON shows as one value, by simple name of the message. */
  private static final Map<String, String> SCALARS =
      Map.ofEntries(
          Map.entry("io.k8s.apimachinery.pkg.api.resource.Quantity", "QUANTITY"),
          Map.entry("io.k8s.apimachinery.pkg.util.intstr.IntOrString", "INT_OR_STRING"),
          Map.entry(META + "Time", "TIME"),
          Map.entry(META + "MicroTime", "MICRO_TIME"),
          Map.entry(META + "Duration", "DURATION"),
          Map.entry(META + "FieldsV1", "FIELDS_V1"),
          Map.entry(RUNTIME + "RawExtension", "ANY"));

  /** The same for the messages of both versions of apiextensions. */
  private static final Map<String, String> SCHEMA_SCALARS =
      Map.of(
          "JSON", "JSON",
          "JSONSchemaPropsOrArray", "SCHEMA_OR_ARRAY",
          "JSONSchemaPropsOrBool", "SCHEMA_OR_BOOL",
          "JSONSchemaPropsOrStringArray", "SCHEMA_OR_STRINGS");

  private Messages() {}

  /** All messages that are structs in JSON, by OpenAPI name. */
  static Map<String, Message> read() {
    Map<String, Message> messages = new TreeMap<>();
    for (FileDescriptor file : files()) {
      for (Descriptor message : file.getMessageTypes()) {
        String name = openApiName(message);
        if (scalar(message) == null && !isWrapper(message)) {
          messages.put(name, new Message(name, fields(message)));
        }
      }
    }
    return messages;
  }

  private static List<FileDescriptor> files() {
    URL anchor = Messages.class.getClassLoader().getResource(CLASSES + "Meta.class");
    if (anchor == null) {
      throw new IllegalStateException("client-java-proto is not on the class path");
    }
    List<FileDescriptor> files = new ArrayList<>();
    try {
      JarURLConnection connection = (JarURLConnection) anchor.openConnection();
      for (JarEntry entry : (Iterable<JarEntry>) connection.getJarFile().stream()::iterator) {
        String path = entry.getName();
        if (path.startsWith(CLASSES) && path.endsWith(".class") && path.indexOf('$') < 0) {
          Class<?> outer = Class.forName(path.substring(0, path.length() - 6).replace('/', '.'));
          files.add((FileDescriptor) outer.getMethod("getDescriptor").invoke(null));
        }
      }
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read the descriptors in " + anchor, e);
    }
    return files;
  }

  /** {@code k8s.io.api.core.v1.Pod} is {@code io.k8s.api.core.v1.Pod} in OpenAPI. */
  private static String openApiName(Descriptor message) {
    return message
        .getFullName()
        .replaceFirst("^k8s\\.io\\.", "io.k8s.")
        .replace("apiextensions_apiserver", "apiextensions-apiserver");
  }

  private static List<MessageField> fields(Descriptor message) {
    return message.getFields().stream()
        .map(f -> new MessageField(f.getNumber(), f.getName(), type(f)))
        .toList();
  }

  private static FieldType type(FieldDescriptor field) {
    if (field.isMapField()) {
      return new FieldType.MapOf(single(field.getMessageType().findFieldByNumber(2)), false);
    }
    return field.isRepeated() ? FieldType.listOf(single(field)) : single(field);
  }

  private static FieldType single(FieldDescriptor field) {
    return switch (field.getType()) {
      case STRING -> new FieldType.Scalar("STRING");
      case BOOL -> new FieldType.Scalar("BOOL");
      case INT32 -> new FieldType.Scalar("INT32");
      case INT64 -> new FieldType.Scalar("INT64");
      case DOUBLE -> new FieldType.Scalar("DOUBLE");
      case BYTES -> new FieldType.Scalar("BYTES");
      case MESSAGE -> message(field.getMessageType());
      default -> throw new IllegalStateException("unexpected type of " + field.getFullName());
    };
  }

  private static FieldType message(Descriptor message) {
    String scalar = scalar(message);
    if (scalar != null) {
      return new FieldType.Scalar(scalar);
    }
    if (isWrapper(message)) {
      return new FieldType.ListOf(
          single(message.getFields().getFirst()), "ATOMIC", List.of(), true);
    }
    return new FieldType.Struct(openApiName(message));
  }

  private static @org.jspecify.annotations.Nullable String scalar(Descriptor message) {
    String name = openApiName(message);
    return name.startsWith("io.k8s.apiextensions-apiserver.")
        ? SCHEMA_SCALARS.get(message.getName())
        : SCALARS.get(name);
  }

  /** A list type in Go ({@code ExtraValue}, {@code Verbs}): its message has just the items. */
  private static boolean isWrapper(Descriptor message) {
    Collection<FieldDescriptor> fields = message.getFields();
    return fields.size() == 1
        && message.getFields().getFirst().getName().equals("items")
        && message.getFields().getFirst().isRepeated()
        && message.getFields().getFirst().getJavaType() == FieldDescriptor.JavaType.STRING;
  }
}
