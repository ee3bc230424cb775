/** The same scenarios through the clients that people use, against a server in this JVM. */
@NullMarked
package io.tiphys.tests;

import org.jspecify.annotations.NullMarked;
