package io.tiphys.apiserver.kinds.core;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Trees;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldErrors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Secrets. {@code stringData} is only a way to write {@code data}. */
final class SecretStrategy implements Strategy {
  private static final String TOKEN = "kubernetes.io/service-account-token";
  private static final String BASIC_AUTH = "kubernetes.io/basic-auth";
  private static final String SERVICE_ACCOUNT = "kubernetes.io/service-account.name";

  /** Keys that secrets of a type must have. */
  private static final Map<String, List<String>> REQUIRED_KEYS =
      Map.of(
          "kubernetes.io/dockercfg", List.of(".dockercfg"),
          "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
          "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
          "kubernetes.io/tls", List.of("tls.crt", "tls.key"));

  /** Keys whose values must be JSON. */
  private static final List<String> JSON_KEYS = List.of(".dockercfg", ".dockerconfigjson");

  @Override
  public JsonObject defaults(JsonObject object) {
    JsonObject texts = object.object("stringData");
    if (!object.has("stringData")) {
      return object;
    }
    JsonObject data = object.object("data");
    for (var text : texts.strings().entrySet()) {
      byte[] bytes = text.getValue().getBytes(StandardCharsets.UTF_8);
      data = data.with(text.getKey(), Base64.getEncoder().encodeToString(bytes));
    }
    JsonObject result = object.without("stringData");
    return data.isEmpty() ? result : result.with("data", data);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return updated.string("type").isEmpty() ? Trees.keep(updated, "type", current) : updated;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Scope secret = Scope.of(object, errors);
    DataRules.keys(secret, "data");
    DataRules.size(secret, secret.at("data"), DataRules.decodedBytes(object.object("data")));
    ofType(secret, object.string("type"));
  }

  private static void ofType(Scope secret, String type) {
    JsonObject data = secret.value().object("data");
    if (type.equals(TOKEN)) {
      JsonObject annotations = secret.value().object("metadata").object("annotations");
      if (annotations.string(SERVICE_ACCOUNT).isEmpty()) {
        secret.errors().required(secret.in("metadata").at("annotations").key(SERVICE_ACCOUNT), "");
      }
    } else if (type.equals(BASIC_AUTH)) {
      if (!data.has("username") && !data.has("password")) {
        secret.errors().required(secret.at("data").key("username"), "");
        secret.errors().required(secret.at("data").key("password"), "");
      }
    }
    for (String key : REQUIRED_KEYS.getOrDefault(type, List.of())) {
      if (!data.has(key)) {
        secret.errors().required(secret.at("data").key(key), "");
      } else if (JSON_KEYS.contains(key)) {
        json(secret, key, data.string(key));
      }
    }
  }

  private static void json(Scope secret, String key, String base64) {
    try {
      Json value = Json.parse(Base64.getDecoder().decode(base64));
      if (value instanceof JsonObject) {
        return;
      }
      invalid(
          secret,
          key,
          "json: cannot unmarshal "
              + value.typeName()
              + " into Go value of type map[string]interface {}");
    } catch (JsonException | IllegalArgumentException e) {
      invalid(secret, key, String.valueOf(e.getMessage()));
    }
  }

  private static void invalid(Scope secret, String key, String detail) {
    secret
        .errors()
        .invalid(secret.at("data").key(key), JsonString.of("<secret contents redacted>"), detail);
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    Scope secret = Scope.of(updated, errors);
    secret.immutable("type", current);
    DataRules.immutable(secret, current, List.of("data"));
  }
}
