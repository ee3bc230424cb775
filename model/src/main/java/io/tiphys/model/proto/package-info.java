/** API objects as {@code application/vnd.kubernetes.protobuf}, driven by the schema. */
@NullMarked
package io.tiphys.model.proto;

import org.jspecify.annotations.NullMarked;
