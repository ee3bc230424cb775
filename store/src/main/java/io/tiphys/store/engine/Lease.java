package io.tiphys.store.engine;

/**
 * A lease.
 *
 * @param id positive, never used twice
 * @param timeToLiveMillis what a keep-alive starts anew
 * @param deadlineMillis when it expires, in milliseconds of the store's clock
 */
public record Lease(long id, long timeToLiveMillis, long deadlineMillis) {}
