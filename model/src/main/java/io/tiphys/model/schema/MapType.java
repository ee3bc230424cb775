package io.tiphys.model.schema;

/**
 * A map with string keys.
 *
 * @param atomic whether server-side apply replaces it as a whole ({@code x-kubernetes-map-type})
 */
public record MapType(Type value, boolean atomic) implements Type {}
