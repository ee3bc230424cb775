/** The way of a request through the server, from the transport to the answer. */
@NullMarked
package io.tiphys.apiserver.pipeline;

import org.jspecify.annotations.NullMarked;
