package io.tiphys.model.apply;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;

/**
 * Who owns fields. Two entries with equal managers are one.
 *
 * @param name as the client calls itself
 * @param apiVersion the version of an update; {@code ""} for one who applies, who has one entry
 *     whatever the version
 * @param subresource {@code ""} for the object itself
 */
record Manager(String name, Operation operation, String apiVersion, String subresource)
    implements Comparable<Manager> {

  /** How the fields came to be owned. */
  enum Operation {
    APPLY("Apply"),
    UPDATE("Update");

    private final String text;

    Operation(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  static Manager applier(String name, String subresource) {
    return new Manager(orUnknown(name), Operation.APPLY, "", subresource);
  }

  static Manager updater(String name, String apiVersion, String subresource) {
    return new Manager(orUnknown(name), Operation.UPDATE, apiVersion, subresource);
  }

  private static String orUnknown(String name) {
    return name.isEmpty() ? "unknown" : name;
  }

  boolean isApplier() {
    return operation == Operation.APPLY;
  }

  /** As upstream encodes it: the order of conflicts follows that text. */
  private String identity() {
    JsonObject identity = JsonObject.of("manager", name, "operation", operation.text());
    String version = apiVersion.isEmpty() ? "" : ",\"apiVersion\":" + JsonString.of(apiVersion);
    String sub = subresource.isEmpty() ? "" : ",\"subresource\":" + JsonString.of(subresource);
    String text = identity.toString();
    return text.substring(0, text.length() - 1) + version + sub + "}";
  }

  @Override
  public int compareTo(Manager other) {
    return identity().compareTo(other.identity());
  }

  /** As in a conflict: {@code "kubectl" using apps/v1}. */
  @Override
  public String toString() {
    return JsonString.of(name)
        + (subresource.isEmpty() ? "" : " with subresource " + JsonString.of(subresource))
        + (isApplier() ? "" : " using " + apiVersion);
  }
}
