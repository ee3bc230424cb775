/** Tests of the engine package. */
@NullMarked
package io.tiphys.store.engine;

import org.jspecify.annotations.NullMarked;
