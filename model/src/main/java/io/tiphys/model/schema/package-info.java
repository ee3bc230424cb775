/** What the types of the Kubernetes API look like, as data. */
@NullMarked
package io.tiphys.model.schema;

import org.jspecify.annotations.NullMarked;
