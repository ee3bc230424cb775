/** Tests of the embedded package. */
@NullMarked
package io.tiphys.store.embedded;

import org.jspecify.annotations.NullMarked;
