package io.tiphys.store;

/**
 * A condition of a transaction: the key's last change is at this revision.
 *
 * @param modRevision 0: the key is absent
 */
public record Compare(String key, long modRevision) {}
