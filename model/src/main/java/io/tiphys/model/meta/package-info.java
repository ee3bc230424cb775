/** Names that every API object and request shares: groups, versions, kinds, resources. */
@NullMarked
package io.tiphys.model.meta;

import org.jspecify.annotations.NullMarked;
