/** What every store must do, whichever its back end. */
@NullMarked
package io.tiphys.store;

import org.jspecify.annotations.NullMarked;
