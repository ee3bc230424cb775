package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.registry.CachedObject;
import org.jspecify.annotations.Nullable;

/**
 * What lies under a key.
 *
 * @param object null if there is nothing
 */
record CurrentState(@Nullable CachedObject object) {}
