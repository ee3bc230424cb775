/** Plug-ins that change or refuse objects before they are stored. */
@NullMarked
package io.tiphys.apiserver.admission;

import org.jspecify.annotations.NullMarked;
