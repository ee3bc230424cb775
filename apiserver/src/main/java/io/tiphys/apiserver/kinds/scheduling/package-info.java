/** Priority classes. */
@NullMarked
package io.tiphys.apiserver.kinds.scheduling;

import org.jspecify.annotations.NullMarked;
