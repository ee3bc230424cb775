/** Wires the parts into processes; the only module that sees the store's back ends. */
@NullMarked
package io.tiphys.server;

import org.jspecify.annotations.NullMarked;
