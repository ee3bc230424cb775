/** The default store: durable on one machine, in RocksDB, served from memory. */
@NullMarked
package io.tiphys.store.embedded;

import org.jspecify.annotations.NullMarked;
