/** Ingresses, network policies, and the addresses of services. */
@NullMarked
package io.tiphys.apiserver.kinds.networking;

import org.jspecify.annotations.NullMarked;
