package io.tiphys.apiserver.kinds;

import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.Defaults;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;

/** A kind of the core group with what its schema adds: static defaults, required fields, enums. */
record WithSchema(Strategy strategy) implements Strategy {

  private static StructType type(JsonObject object) {
    String kind = object.string("kind");
    return Schema.kubernetes().kind(new GroupVersionKind("", "v1", kind)).orElseThrow();
  }

  @Override
  public JsonObject defaults(JsonObject object) {
    return strategy.defaults(Defaults.apply(type(object), object));
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object) {
    return strategy.prepareForCreate(object);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    return strategy.prepareForUpdate(updated, current);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    strategy.validate(object, errors);
    SchemaRules.validate(type(object), object, errors);
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    strategy.validateUpdate(updated, current, errors);
  }

  @Override
  public List<String> warnings(JsonObject object, JsonObject current) {
    return strategy.warnings(object, current);
  }

  @Override
  public List<String> nameErrors(String name, boolean prefix) {
    return strategy.nameErrors(name, prefix);
  }
}
