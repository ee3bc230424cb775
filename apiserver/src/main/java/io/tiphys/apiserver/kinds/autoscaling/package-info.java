/** Horizontal pod autoscalers. */
@NullMarked
package io.tiphys.apiserver.kinds.autoscaling;

import org.jspecify.annotations.NullMarked;
