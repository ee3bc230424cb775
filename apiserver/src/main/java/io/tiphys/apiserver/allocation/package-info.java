/** Cluster IPs and node ports: pools that services draw from, and their repair. */
@NullMarked
package io.tiphys.apiserver.allocation;

import org.jspecify.annotations.NullMarked;
