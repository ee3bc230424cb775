/** Roles and the bindings that grant them. */
@NullMarked
package io.tiphys.apiserver.kinds.rbac;

import org.jspecify.annotations.NullMarked;
