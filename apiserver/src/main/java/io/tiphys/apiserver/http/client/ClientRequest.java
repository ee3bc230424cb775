package io.tiphys.apiserver.http.client;

import io.tiphys.apiserver.http.Headers;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request to another server.
 *
 * @param target path and query, percent-encoded
 * @param headers all but {@code host} and {@code transfer-encoding}
 * @param body null if there is none; sent in chunks unless the headers tell its length
 */
public record ClientRequest(
    String method, String target, Headers headers, @Nullable InputStream body) {}
