/** The patches that the API takes: JSON patch, merge patch and strategic merge patch. */
@NullMarked
package io.tiphys.model.patch;

import org.jspecify.annotations.NullMarked;
