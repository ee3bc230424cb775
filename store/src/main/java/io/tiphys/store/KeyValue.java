package io.tiphys.store;

/**
 * A key's state at a revision.
 *
 * @param createRevision the revision that created it; 0 marks a deleted key (in watch events)
 * @param modRevision the revision of its last change
 * @param version changes since its creation, from 1
 * @param lease the lease that deletes it when it expires; 0 if none
 */
public record KeyValue(
    String key, Value value, long createRevision, long modRevision, long version, long lease) {}
