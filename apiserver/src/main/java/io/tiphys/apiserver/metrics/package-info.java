/** What the server counts and times, in Prometheus's format and under upstream's names. */
@NullMarked
package io.tiphys.apiserver.metrics;

import org.jspecify.annotations.NullMarked;
