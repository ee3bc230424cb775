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
  /** Any JSON value: {@code RawExtension}, usually an object with a kind. */
  ANY,
  /** The set of fields that a manager owns, an object. */
  FIELDS_V1,
  /** Any JSON value within a CustomResourceDefinition's schema (a default, an enum's value). */
  JSON,
  /** {@code items}: a JSONSchemaProps or an array of them. */
  SCHEMA_OR_ARRAY,
  /** {@code additionalProperties}: a JSONSchemaProps or a boolean. */
  SCHEMA_OR_BOOL,
  /** {@code dependencies}: a JSONSchemaProps or an array of strings. */
  SCHEMA_OR_STRINGS
}
