package io.tiphys.model.schema;

import java.util.List;

/**
 * A list. Its topology is what server-side apply sees ({@code x-kubernetes-list-type}).
 *
 * @param mapKeys the fields that identify an item of a {@link Topology#MAP} list; else empty
 * @param wrapped whether protobuf puts the items into a message of their own, as field 1 ({@code
 *     ExtraValue}, {@code Verbs})
 */
public record ListType(Type item, Topology topology, List<String> mapKeys, boolean wrapped)
    implements Type {

  /** How two versions of a list are merged. */
  public enum Topology {
    /** Replaced as a whole. */
    ATOMIC,
    /** Unique scalars, each owned on its own. */
    SET,
    /** Objects identified by key fields. */
    MAP
  }

  public ListType {
    mapKeys = List.copyOf(mapKeys);
  }

  public ListType(Type item, Topology topology, List<String> mapKeys) {
    this(item, topology, mapKeys, false);
  }
}
