package io.tiphys.apiserver.kinds.storage;

import io.tiphys.apiserver.kinds.Limits;
import io.tiphys.apiserver.kinds.Quantities;
import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.FieldPath;
import io.tiphys.model.validation.Names;
import java.util.Locale;
import java.util.Map;

/** Rules that several kinds of this group share. */
final class StorageRules {
  private static final int MAX_DRIVER_NAME = 63;
  private static final int MAX_PARAMETERS = 512;
  private static final int MAX_PARAMETERS_BYTES = 256 * 1024;

  private StorageRules() {}

  /** The name of a CSI driver: a domain name of at most 63 bytes, in any case. */
  static void driverName(Scope scope, String field) {
    if (scope.required(field)) {
      Limits.bytes(scope, field, MAX_DRIVER_NAME);
      scope.format(field, text -> Names.dnsSubdomain(text.toLowerCase(Locale.ROOT)));
    }
  }

  /** Parameters for a driver, which alone knows what they mean. */
  static void parameters(Scope scope) {
    Map<String, String> parameters = scope.value().object("parameters").strings();
    FieldPath path = scope.at("parameters");
    if (parameters.size() > MAX_PARAMETERS) {
      scope.errors().add(FieldError.tooLong(path, MAX_PARAMETERS));
      return;
    }
    long size = 0;
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (parameter.getKey().isEmpty()) {
        scope.errors().invalid(path, JsonString.EMPTY, "field can not be empty.");
      }
      size += Texts.bytes(parameter.getKey()) + Texts.bytes(parameter.getValue());
    }
    if (size > MAX_PARAMETERS_BYTES) {
      scope.errors().add(FieldError.tooLong(path, MAX_PARAMETERS_BYTES));
    }
  }

  static void notNegative(Scope scope, String field) {
    Quantities.of(scope.value().get(field))
        .ifPresent(q -> Quantities.checkNonNegative(q, scope.at(field), scope.errors()));
  }

  /** A field that an update must leave alone, told so in upstream's older words. */
  static void unchanged(Scope updated, String field, JsonObject current) {
    if (!Trees.same(updated.value().get(field), current.get(field))) {
      updated.forbidden(field, "updates to " + field + " are forbidden.");
    }
  }
}
