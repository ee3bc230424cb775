package io.tiphys.apiserver.kinds;

import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.validation.FieldErrors;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * How a kind is updated through its {@code status} subresource: all but status and metadata stays.
 *
 * @param keptMetadata fields of metadata that stay too
 * @param rules checks the updated object
 */
public record StatusStrategy(Set<String> keptMetadata, BiConsumer<Scope, JsonObject> rules)
    implements Strategy {

  /** Nothing is checked beyond the schema. */
  public static final StatusStrategy PLAIN = new StatusStrategy(Set.of(), (_, _) -> {});

  /** As {@link #PLAIN}; labels stay as they are. */
  public static final StatusStrategy KEEPS_LABELS =
      new StatusStrategy(Set.of("labels"), (_, _) -> {});

  public StatusStrategy {
    keptMetadata = Set.copyOf(keptMetadata);
  }

  /** Checks the updated object beside the current one. */
  public static StatusStrategy checked(BiConsumer<Scope, JsonObject> rules) {
    return new StatusStrategy(Set.of(), rules);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject updated, JsonObject current) {
    JsonObject metadata = updated.object("metadata");
    for (String field : keptMetadata) {
      metadata = Trees.keep(metadata, field, current.object("metadata"));
    }
    JsonObject result = current.with("metadata", metadata);
    return Trees.keep(result, "status", updated);
  }

  @Override
  public void validateUpdate(JsonObject updated, JsonObject current, FieldErrors errors) {
    rules.accept(Scope.of(updated, errors), current);
  }

  @Override
  public List<String> nameErrors(String name, boolean prefix) {
    return List.of();
  }
}
