/** Endpoint slices. */
@NullMarked
package io.tiphys.apiserver.kinds.discovery;

import org.jspecify.annotations.NullMarked;
