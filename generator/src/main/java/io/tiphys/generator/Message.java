package io.tiphys.generator;

import java.util.List;
import java.util.function.UnaryOperator;

/** A protobuf message of the Kubernetes API, under its OpenAPI name. */
record Message(String name, List<MessageField> fields) {

  /** A field of the message; the name is protobuf's, which usually is JSON's too. */
  record MessageField(int number, String name, FieldType type) {}

  /** The same message under another name, referring to other messages. */
  Message renamed(UnaryOperator<String> rename) {
    return new Message(
        rename.apply(name),
        fields.stream()
            .map(f -> new MessageField(f.number(), f.name(), f.type().renamed(rename)))
            .toList());
  }
}
