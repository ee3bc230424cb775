/** The values that Kubernetes writes as text: quantities, times, durations, numbers or percents. */
@NullMarked
package io.tiphys.model.quantity;

import org.jspecify.annotations.NullMarked;
