/** Runtime classes. */
@NullMarked
package io.tiphys.apiserver.kinds.node;

import org.jspecify.annotations.NullMarked;
