package io.tiphys.apiserver.resource;

import io.tiphys.model.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Takes what an object needs from a shared pool while it is written: cluster IPs, node ports. */
public interface Reservation {

  /** An object with what was reserved for it, and how to end the reservation. */
  interface Held {
    JsonObject object();

    /** The object is stored: give back what its former state held and it no longer needs. */
    void commit();

    /** The object was not stored: give everything back. */
    void rollback();
  }

  /**
   * Takes what an object needs that is about to be written.
   *
   * @param current the stored state; null for a creation
   * @throws io.tiphys.model.status.ApiException if something asked for is taken or the pool is
   *     empty
   */
  Held reserve(JsonObject updated, @Nullable JsonObject current, boolean dryRun);

  /** The object is gone: give back what it held. */
  void release(JsonObject deleted);
}
