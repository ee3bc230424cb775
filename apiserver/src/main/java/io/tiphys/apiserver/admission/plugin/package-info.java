/** The built-in admission plug-ins, under upstream's names. */
@NullMarked
package io.tiphys.apiserver.admission.plugin;

import org.jspecify.annotations.NullMarked;
