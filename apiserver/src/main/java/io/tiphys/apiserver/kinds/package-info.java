/** How kinds behave: the vocabulary that their rules are written in, and what all of them share. */
@NullMarked
package io.tiphys.apiserver.kinds;

import org.jspecify.annotations.NullMarked;
