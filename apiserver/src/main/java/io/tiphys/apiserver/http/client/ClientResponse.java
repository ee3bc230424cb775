package io.tiphys.apiserver.http.client;

import io.tiphys.apiserver.http.Headers;
import java.io.InputStream;

/**
 * Another server's response.
 *
 * @param body the body, as it comes; after a 101 the other protocol's bytes
 */
public record ClientResponse(int status, Headers headers, InputStream body) {}
