/** The store's contract: etcd's semantics and nothing more. Back ends are packages below. */
@NullMarked
package io.tiphys.store;

import org.jspecify.annotations.NullMarked;
