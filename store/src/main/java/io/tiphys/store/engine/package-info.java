/** The state machine behind the stores of one process: one writer, immutable states, watches. */
@NullMarked
package io.tiphys.store.engine;

import org.jspecify.annotations.NullMarked;
