package io.tiphys.apiserver.rest;

/** Keeps {@code metadata.managedFields} by server-side apply's rules. */
final class FieldOwners {
  static final ManagedFields TRACKED = ManagedFields.NONE;

  private FieldOwners() {}
}
