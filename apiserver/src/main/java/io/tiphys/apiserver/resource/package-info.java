/** Resources as rows of data: what is served, in which versions, with which behaviour. */
@NullMarked
package io.tiphys.apiserver.resource;

import org.jspecify.annotations.NullMarked;
