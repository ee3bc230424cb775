/** Bodies: what a client can read and send, and turning trees into that and back. */
@NullMarked
package io.tiphys.apiserver.representation;

import org.jspecify.annotations.NullMarked;
