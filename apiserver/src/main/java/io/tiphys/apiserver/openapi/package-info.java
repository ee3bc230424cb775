/** The API described in OpenAPI v2 and v3, for clients that explain, validate and generate. */
@NullMarked
package io.tiphys.apiserver.openapi;

import org.jspecify.annotations.NullMarked;
