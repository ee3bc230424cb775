/** Finding out who makes a request. */
@NullMarked
package io.tiphys.apiserver.authentication;

import org.jspecify.annotations.NullMarked;
