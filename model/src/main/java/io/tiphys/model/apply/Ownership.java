package io.tiphys.model.apply;

import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.Timestamps;
import io.tiphys.model.quantity.ValueFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The fields that one manager owns.
 *
 * @param apiVersion the version that the paths are of
 * @param time when the manager last changed something; {@code ""} if unknown
 * @param source the entry of {@code managedFields} that says all this; null if there is none yet
 */
record Ownership(
    Manager manager, String apiVersion, String time, FieldSet fields, @Nullable JsonObject source) {

  @SuppressWarnings("ReferenceEquality") // what has not changed is the same tree
  Ownership with(FieldSet newFields) {
    return newFields == fields ? this : new Ownership(manager, apiVersion, time, newFields, null);
  }

  Ownership at(String newTime) {
    return newTime.equals(time) ? this : new Ownership(manager, apiVersion, newTime, fields, null);
  }

  /** Seconds since 1970; 0 if unknown. */
  long seconds() {
    try {
      return time.isEmpty() ? 0 : Timestamps.parse(time).getEpochSecond();
    } catch (ValueFormatException e) {
      return 0;
    }
  }

  /** The entry of {@code managedFields}. */
  JsonObject entry() {
    if (source != null) {
      return source;
    }
    JsonObject.Builder entry = new JsonObject.Builder();
    put(entry, "apiVersion", apiVersion);
    put(entry, "fieldsType", "FieldsV1");
    entry.put("fieldsV1", fields.fields());
    put(entry, "manager", manager.name());
    put(entry, "operation", manager.operation().text());
    put(entry, "subresource", manager.subresource());
    put(entry, "time", time);
    return entry.build();
  }

  private static void put(JsonObject.Builder entry, String key, String value) {
    if (!value.isEmpty()) {
      entry.put(key, JsonString.of(value));
    }
  }
}
