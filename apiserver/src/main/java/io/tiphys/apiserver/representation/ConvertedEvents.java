package io.tiphys.apiserver.representation;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.ChangeEvent;
import io.tiphys.apiserver.request.RequestContext;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events in another version, view or format than the stored one: encoded for each watch. */
final class ConvertedEvents implements EventEncoder {
  private final Representation representation;
  private final ResourceType type;
  private final Output output;
  private final String include;
  private boolean columnsSent;

  ConvertedEvents(
      Representation representation, ResourceType type, Output output, RequestContext context) {
    this.representation = representation;
    this.type = type;
    this.output = output;
    this.include = Representation.includeObject(context);
  }

  @Override
  public byte[] object(ChangeEvent.Type change, CachedObject object, @Nullable ChangeEvent event) {
    JsonObject shown =
        switch (output.view()) {
          case OBJECT -> representation.served(type, object.tree());
          case METADATA ->
              PartialMetadata.of(representation.served(type, object.tree()), output.metaVersion());
          case TABLE -> table(object);
        };
    return representation.event(change.name(), shown, output);
  }

  /** The columns' names go only with the first event. */
  private JsonObject table(CachedObject object) {
    Tables tables = representation.tables();
    JsonArray columns = columnsSent ? JsonArray.EMPTY : tables.definitions(type);
    columnsSent = true;
    JsonObject row = tables.row(type, object.tree(), representation, output.metaVersion(), include);
    return Tables.table(
        output.metaVersion(),
        columns,
        JsonObject.of("resourceVersion", Long.toString(object.revision())),
        List.of(row));
  }

  @Override
  public byte[] bookmark(long revision, boolean initialEnd) {
    JsonObject bookmark = SharedEvents.bookmark(type, revision, initialEnd);
    JsonObject shown =
        switch (output.view()) {
          case OBJECT -> bookmark;
          case METADATA -> PartialMetadata.of(bookmark, output.metaVersion());
          case TABLE -> emptyTable(bookmark);
        };
    return representation.event("BOOKMARK", shown, output);
  }

  private JsonObject emptyTable(JsonObject bookmark) {
    JsonArray columns = columnsSent ? JsonArray.EMPTY : representation.tables().definitions(type);
    columnsSent = true;
    JsonObject row =
        JsonObject.of(
            "cells", JsonArray.EMPTY, "object", PartialMetadata.of(bookmark, output.metaVersion()));
    return Tables.table(
        output.metaVersion(),
        columns,
        bookmark.object("metadata").without("annotations"),
        List.of(row));
  }

  @Override
  public byte[] error(JsonObject status) {
    return representation.event("ERROR", status, output);
  }
}
