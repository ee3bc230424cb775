/**
 * Makes the schema of the Kubernetes API, its descriptions and the typed views at build time, from
 * the published protobuf descriptors, the published model classes and a few tables.
 */
@NullMarked
package io.tiphys.generator;

import org.jspecify.annotations.NullMarked;
