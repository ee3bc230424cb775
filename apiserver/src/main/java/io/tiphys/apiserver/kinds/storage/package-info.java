/** Storage classes, CSI drivers and what they report. */
@NullMarked
package io.tiphys.apiserver.kinds.storage;

import org.jspecify.annotations.NullMarked;
