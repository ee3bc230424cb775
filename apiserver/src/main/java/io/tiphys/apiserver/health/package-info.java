/** Whether the server lives and serves, and which version it is. */
@NullMarked
package io.tiphys.apiserver.health;

import org.jspecify.annotations.NullMarked;
