/** Tests of the memory package. */
@NullMarked
package io.tiphys.store.memory;

import org.jspecify.annotations.NullMarked;
