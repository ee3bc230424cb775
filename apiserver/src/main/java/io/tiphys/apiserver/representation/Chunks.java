package io.tiphys.apiserver.representation;

import org.jspecify.annotations.Nullable;

/** A body in pieces, one after the other. */
@FunctionalInterface
public interface Chunks {
  /** The next piece; null after the last. */
  byte @Nullable [] next();
}
