/**
 * The transport: HTTPS with HTTP/1.1 and HTTP/2 on Netty, which knows nothing about Kubernetes' API
 * but how to word an error. {@link io.tiphys.apiserver.http.HttpServer} turns connections into
 * {@link io.tiphys.apiserver.http.Exchange}s and hands them to an {@link
 * io.tiphys.apiserver.http.HttpHandler}.
 */
@NullMarked
package io.tiphys.apiserver.http;

import org.jspecify.annotations.NullMarked;
