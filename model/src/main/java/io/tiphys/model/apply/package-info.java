/** Server-side apply: who owns which field of an object, and what applying a configuration does. */
@NullMarked
package io.tiphys.model.apply;

import org.jspecify.annotations.NullMarked;
