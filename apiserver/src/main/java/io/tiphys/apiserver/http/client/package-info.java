/**
 * Requests to other servers, such as kubelets and pods, with bodies and upgrades that stream both
 * ways. Plain blocking sockets: each request runs on a virtual thread anyway.
 */
@NullMarked
package io.tiphys.apiserver.http.client;

import org.jspecify.annotations.NullMarked;
