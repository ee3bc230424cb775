package io.tiphys.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.resource.Conversion;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.apiserver.resource.Subresource;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupVersion;
import io.tiphys.model.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenApiDocumentsTest {
  private static final Schema SCHEMA = Schema.kubernetes();
  private static final GroupVersion APPS = new GroupVersion("apps", "v1");
  private static final Set<String> VERBS =
      Set.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final ResourceType DEPLOYMENTS =
      new ResourceType(
          APPS.resource("deployments"),
          APPS.kind("Deployment"),
          "deployment",
          true,
          List.of("deploy"),
          List.of("all"),
          VERBS,
          SCHEMA.kind(APPS.kind("Deployment")).orElseThrow(),
          Map.of(
              "status",
              new Subresource(
                  "status",
                  APPS.kind("Deployment"),
                  Set.of("get", "patch", "update"),
                  SCHEMA.kind(APPS.kind("Deployment")).orElseThrow(),
                  Strategy.NONE,
                  null)),
          Strategy.NONE,
          "deployments",
          null,
          Conversion.SAME_SHAPE,
          null);

  private static final JsonObject V2 = OpenApiDocuments.v2(SCHEMA, List.of(DEPLOYMENTS));
  private static final JsonObject V3 = OpenApiDocuments.v3(SCHEMA, List.of(DEPLOYMENTS));

  @Test
  void namesOperationsAsUpstreamDoes() {
    String items = "/apis/apps/v1/namespaces/{namespace}/deployments";
    assertThat(operationId(items, "get")).isEqualTo("listAppsV1NamespacedDeployment");
    assertThat(operationId(items, "delete"))
        .isEqualTo("deleteAppsV1CollectionNamespacedDeployment");
    assertThat(operationId(items + "/{name}", "put"))
        .isEqualTo("replaceAppsV1NamespacedDeployment");
    assertThat(operationId(items + "/{name}/status", "patch"))
        .isEqualTo("patchAppsV1NamespacedDeploymentStatus");
    assertThat(operationId("/apis/apps/v1/deployments", "get"))
        .isEqualTo("listAppsV1DeploymentForAllNamespaces");
  }

  private static String operationId(String path, String method) {
    return ((JsonString) V2.at("paths", path, method, "operationId")).value();
  }

  @Test
  void describesFieldsWithTheirMergeKeys() {
    JsonObject containers =
        (JsonObject) V2.at("definitions", "io.k8s.api.core.v1.PodSpec", "properties", "containers");
    assertThat(containers.string("x-kubernetes-patch-merge-key")).isEqualTo("name");
    assertThat(containers.string("x-kubernetes-patch-strategy")).isEqualTo("merge");
    assertThat(containers.string("x-kubernetes-list-type")).isEqualTo("map");
    assertThat(containers.string("description")).startsWith("List of containers");
  }

  @Test
  void everyReferenceHasItsDefinition() {
    assertThat(references(V2)).allMatch(name -> V2.object("definitions").has(name));
    JsonObject schemas = (JsonObject) V3.at("components", "schemas");
    assertThat(references(V3)).isNotEmpty().allMatch(schemas::has);
  }

  private static List<String> references(Json json) {
    return switch (json) {
      case JsonObject o ->
          o.keys().stream()
              .flatMap(key ->
                  key.equals("$ref") && o.get(key) instanceof JsonString s
                      ? java.util.stream.Stream.of(
                          s.value().substring(s.value().lastIndexOf('/') + 1))
                      : references(o.get(key)).stream())
              .distinct()
              .toList();
      case JsonArray a -> a.stream().flatMap(i -> references(i).stream()).distinct().toList();
      default -> List.of();
    };
  }

  @Test
  void v3WrapsReferencesThatHaveADefaultBesideThem() {
    JsonObject ref = Dialect.V3.ref("io.example.Thing");
    assertThat(Dialect.V3.refWith(ref, JsonObject.of("default", "x")).array("allOf"))
        .containsExactly(ref);
    assertThat(Dialect.V2.refWith(ref, JsonObject.of("default", "x")))
        .isEqualTo(ref.with("default", "x"));
  }

  @Test
  void protobufHoldsTheSameDefinitions() throws Exception {
    byte[] bytes = Gnostic.encode(V2);
    com.google.protobuf.UnknownFieldSet document =
        com.google.protobuf.UnknownFieldSet.parseFrom(bytes);
    assertThat(document.getField(1).getLengthDelimitedList().getFirst().toStringUtf8())
        .isEqualTo("2.0");
    com.google.protobuf.UnknownFieldSet definitions =
        com.google.protobuf.UnknownFieldSet.parseFrom(
            document.getField(9).getLengthDelimitedList().getFirst());
    assertThat(definitions.getField(1).getLengthDelimitedList())
        .hasSize(V2.object("definitions").size());
  }
}
