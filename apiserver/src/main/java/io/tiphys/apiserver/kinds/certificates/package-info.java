/** Requests for certificates, their approval and the certificates issued. */
@NullMarked
package io.tiphys.apiserver.kinds.certificates;

import org.jspecify.annotations.NullMarked;
