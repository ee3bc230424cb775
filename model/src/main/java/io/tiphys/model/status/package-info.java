/** Errors as Kubernetes clients see them. */
@NullMarked
package io.tiphys.model.status;

import org.jspecify.annotations.NullMarked;
