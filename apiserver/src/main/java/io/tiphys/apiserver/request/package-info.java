/** What a request asks for, and what travels with it through the pipeline. */
@NullMarked
package io.tiphys.apiserver.request;

import org.jspecify.annotations.NullMarked;
