/** Deciding whether a request is allowed. */
@NullMarked
package io.tiphys.apiserver.authorization;

import org.jspecify.annotations.NullMarked;
