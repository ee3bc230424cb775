/** Malformed and forbidden requests against a whole server: each refused as upstream does. */
@NullMarked
package io.tiphys.tests.badinput;

import org.jspecify.annotations.NullMarked;
