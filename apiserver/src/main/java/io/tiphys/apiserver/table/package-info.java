/** The columns that {@code kubectl get} prints, computed by the server. */
@NullMarked
package io.tiphys.apiserver.table;

import org.jspecify.annotations.NullMarked;
