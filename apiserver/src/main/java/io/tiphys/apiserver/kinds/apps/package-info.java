/** Workloads that keep pods running: deployments, stateful sets, daemon sets, replica sets. */
@NullMarked
package io.tiphys.apiserver.kinds.apps;

import org.jspecify.annotations.NullMarked;
