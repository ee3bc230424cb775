package io.tiphys.model.schema;

import io.tiphys.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a struct as JSON shows it.
 *
 * @param name the JSON name
 * @param number the protobuf field number, within the message that {@code inlined} names
 * @param inlined the protobuf fields that lead from the struct's message to the one that holds this
 *     field, outermost first: structs that Go inlines in JSON are messages of their own in
 *     protobuf. Empty for most fields
 * @param required whether an object without it is refused
 * @param patchMergeKey the key field of a list that a strategic merge patch merges; null if none
 * @param patchMerge whether a strategic merge patch merges the list rather than replacing it
 * @param patchRetainKeys whether {@code $retainKeys} applies ({@code patchStrategy: retainKeys})
 * @param enumValues the allowed values of a string; empty if any
 * @param defaultValue what an absent field becomes; null if it stays absent
 */
public record Field(
    String name,
    int number,
    List<Integer> inlined,
    Type type,
    boolean required,
    @Nullable String patchMergeKey,
    boolean patchMerge,
    boolean patchRetainKeys,
    List<String> enumValues,
    @Nullable Json defaultValue) {

  public Field {
    inlined = List.copyOf(inlined);
    enumValues = List.copyOf(enumValues);
  }
}
