/** {@code kubectl get componentstatuses}: whether scheduler, controller manager and store work. */
@NullMarked
package io.tiphys.apiserver.componentstatus;

import org.jspecify.annotations.NullMarked;
