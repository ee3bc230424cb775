/** The store that forgets everything when the process ends, for tests. */
@NullMarked
package io.tiphys.store.memory;

import org.jspecify.annotations.NullMarked;
