/** Leases, by which processes agree on a leader and show that they live. */
@NullMarked
package io.tiphys.apiserver.kinds.coordination;

import org.jspecify.annotations.NullMarked;
