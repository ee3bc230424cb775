/** Versions that upstream has retired or keeps beside the stored one, and their conversions. */
@NullMarked
package io.tiphys.apiserver.kinds.legacy;

import org.jspecify.annotations.NullMarked;
