/** Who makes a request. */
@NullMarked
package io.tiphys.apiserver.identity;

import org.jspecify.annotations.NullMarked;
