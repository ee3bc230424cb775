/** Label and field selectors: their syntax, and matching them on trees. */
@NullMarked
package io.tiphys.model.selector;

import org.jspecify.annotations.NullMarked;
