/** What REST verbs do with resources: reading, watching, writing, deleting. */
@NullMarked
package io.tiphys.apiserver.rest;

import org.jspecify.annotations.NullMarked;
