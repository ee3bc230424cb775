package io.tiphys.model.schema;

/** Types without fields of their own. */
public enum ScalarType implements Type {
  STRING,
  BOOL,
  INT32,
  INT64,
  DOUBLE,
  /** Base64 in JSON. */
  BYTES,
  /** {@code "100m"}, {@code "1Gi"}; JSON numbers are accepted too. */
  QUANTITY,
  /** A JSON integer or string. */
  INT_OR_STRING,
  /** RFC 3339, whole seconds. */
  TIME,
  /** RFC 3339, microseconds. */
  MICRO_TIME,
  /** Go's text form in JSON: {@code "1h2m3s"}. */
  DURATION,
  /** Any JSON value (RawExtension, JSON, FieldsV1). */
  ANY
}
