/** Typed views of API objects; the classes of each group and version are generated. */
@NullMarked
package io.tiphys.model.view;

import org.jspecify.annotations.NullMarked;
