package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.resource.ResourceType;
import java.util.function.Function;

/** Resources that tests name often. */
final class TestTypes {
  static final Function<TestServer, ResourceType> CONFIG_MAPS =
      server -> server.catalog.get("", "configmaps");

  private TestTypes() {}
}
