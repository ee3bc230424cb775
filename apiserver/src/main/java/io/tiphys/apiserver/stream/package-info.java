/**
 * The subresources whose answers stream: logs, exec, attach, port-forward and the proxies of nodes,
 * pods and services. They are answered by kubelets (or the pods themselves); here is who to ask,
 * and how to carry the client's protocol there: WebSocket with the channel protocols, or SPDY/3.1.
 */
@NullMarked
package io.tiphys.apiserver.stream;

import org.jspecify.annotations.NullMarked;
