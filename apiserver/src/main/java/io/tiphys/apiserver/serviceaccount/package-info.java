/** Service accounts' tokens: keys, signing, what they claim, and the documents to verify them. */
@NullMarked
package io.tiphys.apiserver.serviceaccount;

import org.jspecify.annotations.NullMarked;
