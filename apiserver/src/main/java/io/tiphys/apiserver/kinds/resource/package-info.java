/** Dynamic resource allocation: claims for devices, classes of devices, and what nodes offer. */
@NullMarked
package io.tiphys.apiserver.kinds.resource;

import org.jspecify.annotations.NullMarked;
