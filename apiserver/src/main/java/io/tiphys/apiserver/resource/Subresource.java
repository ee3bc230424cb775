package io.tiphys.apiserver.resource;

import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.StructType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A part of a resource with an address of its own.
 *
 * @param kind what is sent and received; the resource's own kind for {@code status} and the like
 * @param strategy how an update through it behaves, where it is an update of the resource
 * @param action what answers instead, where it is none (token, binding, eviction, log, ...)
 */
public record Subresource(
    String name,
    GroupVersionKind kind,
    Set<String> verbs,
    @Nullable StructType schema,
    Strategy strategy,
    @Nullable Action action) {}
