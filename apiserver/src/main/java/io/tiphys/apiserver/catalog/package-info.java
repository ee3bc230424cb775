/** The built-in resources: their rows, and how each kind behaves. */
@NullMarked
package io.tiphys.apiserver.catalog;

import org.jspecify.annotations.NullMarked;
