package io.tiphys.apiserver.representation;

import io.tiphys.apiserver.registry.CachedObject;
import io.tiphys.apiserver.registry.ChangeEvent;
import io.tiphys.model.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Encodes what one watch sends. Confined to one thread at a time. */
public interface EventEncoder {
  /**
   * An object that came, changed or went.
   *
   * @param event the change behind it; null for the initial state
   */
  byte[] object(ChangeEvent.Type type, CachedObject object, @Nullable ChangeEvent event);

  /** Says how far the watch has come. */
  byte[] bookmark(long revision, boolean initialEnd);

  /** The last thing a watch says when it fails. */
  byte[] error(JsonObject status);
}
