package io.tiphys.store;

/**
 * A store's condition.
 *
 * @param writable whether writes are accepted now
 * @param detail why not; empty when all is well
 * @param diskBytes bytes on disk; 0 where nothing is on disk
 */
public record StoreHealth(boolean writable, String detail, long diskBytes) {}
