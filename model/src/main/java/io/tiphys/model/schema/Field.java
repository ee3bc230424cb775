package io.tiphys.model.schema;

import io.tiphys.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a struct as JSON shows it.
 *
 * @param name the JSON name
 * @param number the protobuf field number, within the message that {@code inlined} names; 0 if
 *     protobuf does not carry the field there ({@code kind} and {@code apiVersion})
 * @param inlined the protobuf fields that lead from the struct's message to the one that holds this
 *     field, outermost first: structs that Go inlines in JSON are messages of their own in
 *     protobuf. Empty for most fields
 * @param required whether OpenAPI calls it required: Go encodes it always, and validation refuses
 *     most objects without it
 * @param zeroKept whether {@code 0}, {@code false} and {@code ""} differ from absent (a pointer in
 *     Go, or a field that Go encodes always). Protobuf carries zeros of other fields too; they mean
 *     absent
 * @param patchMergeKey the key field of a list that a strategic merge patch merges; null if none
 * @param patchMerge whether a strategic merge patch merges the list rather than replacing it
 * @param patchRetainKeys whether {@code $retainKeys} applies ({@code patchStrategy: retainKeys})
 * @param patchReplace whether a strategic merge patch replaces an object rather than merging it
 * @param enumValues the allowed values of a string; empty if any
 * @param defaultValue what an absent field becomes; null if it stays absent
 */
public record Field(
    String name,
    int number,
    List<Integer> inlined,
    Type type,
    boolean required,
    boolean zeroKept,
    @Nullable String patchMergeKey,
    boolean patchMerge,
    boolean patchRetainKeys,
    boolean patchReplace,
    List<String> enumValues,
    @Nullable Json defaultValue) {

  public Field {
    inlined = List.copyOf(inlined);
    enumValues = List.copyOf(enumValues);
  }
}
