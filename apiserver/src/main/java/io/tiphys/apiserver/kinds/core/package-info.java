/** The kinds of the core group: defaults, preparation, validation, and the actions on pods. */
@NullMarked
package io.tiphys.apiserver.kinds.core;

import org.jspecify.annotations.NullMarked;
