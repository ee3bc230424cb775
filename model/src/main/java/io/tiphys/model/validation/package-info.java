/** Field paths and the errors found at them. */
@NullMarked
package io.tiphys.model.validation;

import org.jspecify.annotations.NullMarked;
