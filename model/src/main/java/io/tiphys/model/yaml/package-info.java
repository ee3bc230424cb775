/** YAML as kubectl reads and writes it: trees in another notation. */
@NullMarked
package io.tiphys.model.yaml;

import org.jspecify.annotations.NullMarked;
