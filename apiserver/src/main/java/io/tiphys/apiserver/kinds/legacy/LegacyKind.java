package io.tiphys.apiserver.kinds.legacy;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.model.meta.GroupVersionKind;
import org.jspecify.annotations.Nullable;

/**
 * A kind in a version beside the stored one.
 *
 * @param served the version that clients name
 * @param stored the version its objects lie in
 * @param deprecation warning for each use; null for versions that are current
 */
public record LegacyKind(
    GroupVersionKind served,
    GroupVersionKind stored,
    Conversion conversion,
    @Nullable String deprecation) {}
