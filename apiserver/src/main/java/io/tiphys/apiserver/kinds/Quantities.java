package io.tiphys.apiserver.kinds;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.quantity.Quantity;
import io.tiphys.model.quantity.ValueFormatException;
import io.tiphys.model.validation.FieldErrors;
import io.tiphys.model.validation.FieldPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Amounts of resources, and maps of them. */
public final class Quantities {
  private Quantities() {}

  /** A field's quantity; empty if it is absent, or none (which decoding refuses). */
  public static Optional<Quantity> of(@Nullable Json value) {
    try {
      return value == null ? Optional.empty() : Optional.of(Quantity.of(value));
    } catch (ValueFormatException _) {
      return Optional.empty();
    }
  }

  /** A {@code ResourceList}, sorted by name. */
  public static Map<String, Quantity> list(JsonObject list) {
    Map<String, Quantity> map = new LinkedHashMap<>();
    list.forEach((name, value) -> of(value).ifPresent(q -> map.put(name, q)));
    return map;
  }

  public static JsonString json(Quantity quantity) {
    return JsonString.of(quantity.toString());
  }

  /** Not negative, and whole for what is counted in units. */
  public static void checkAmount(
      String resource, Quantity amount, FieldPath path, FieldErrors errors) {
    checkNonNegative(amount, path, errors);
    if (ResourceNames.isInteger(resource) && amount.milliValue() % 1000 != 0) {
      errors.invalid(path, json(amount), "must be an integer");
    }
  }

  public static void checkNonNegative(Quantity amount, FieldPath path, FieldErrors errors) {
    if (amount.sign() < 0) {
      errors.invalid(path, json(amount), "must be greater than or equal to 0");
    }
  }
}
