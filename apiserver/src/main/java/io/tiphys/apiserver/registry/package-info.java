/** The generic operations on stored objects, over the watch cache and the store. */
@NullMarked
package io.tiphys.apiserver.registry;

import org.jspecify.annotations.NullMarked;
