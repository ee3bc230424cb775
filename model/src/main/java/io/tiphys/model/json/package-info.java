/** Immutable JSON trees, their parser and their encoder: the one representation of API objects. */
@NullMarked
package io.tiphys.model.json;

import org.jspecify.annotations.NullMarked;
