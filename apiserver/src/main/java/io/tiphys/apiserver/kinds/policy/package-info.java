/** Pod disruption budgets. */
@NullMarked
package io.tiphys.apiserver.kinds.policy;

import org.jspecify.annotations.NullMarked;
