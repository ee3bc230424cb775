/** The cluster's certificate authorities, and the certificates and keys of its parts. */
@NullMarked
package io.tiphys.bootstrap.pki;

import org.jspecify.annotations.NullMarked;
