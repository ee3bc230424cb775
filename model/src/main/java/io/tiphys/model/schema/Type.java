package io.tiphys.model.schema;

/** The type of a field, a list's items or a map's values. */
public sealed interface Type permits StructType, ListType, MapType, ScalarType {}
