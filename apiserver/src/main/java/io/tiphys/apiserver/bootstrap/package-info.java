/** The objects that exist after the first start and are reconciled at each. */
@NullMarked
package io.tiphys.apiserver.bootstrap;

import org.jspecify.annotations.NullMarked;
