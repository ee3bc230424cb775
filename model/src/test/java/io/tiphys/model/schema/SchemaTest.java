package io.tiphys.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.Json;
import io.tiphys.model.meta.GroupVersion;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {
  private final Schema schema = Schema.kubernetes();

  @ParameterizedTest
  @CsvSource({
    "v1, Pod, io.k8s.api.core.v1.Pod",
    "v1, Status, io.k8s.apimachinery.pkg.apis.meta.v1.Status",
    "apps/v1, Deployment, io.k8s.api.apps.v1.Deployment",
    "extensions/v1beta1, Ingress, io.k8s.api.extensions.v1beta1.Ingress",
    "networking.k8s.io/v1beta1, IngressClass, io.k8s.api.networking.v1beta1.IngressClass",
    "rbac.authorization.k8s.io/v1beta1, RoleList, io.k8s.api.rbac.v1beta1.RoleList",
    "meta.k8s.io/v1, PartialObjectMetadata, io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata",
    "apps/v1, DeleteOptions, io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions",
    "apiregistration.k8s.io/v1, APIService, io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService",
  })
  void findsTypesByKind(String apiVersion, String kind, String type) {
    assertThat(schema.kind(GroupVersion.parse(apiVersion).kind(kind)))
        .map(StructType::name)
        .contains(type);
  }

  @Test
  void knowsNoKindThatKubernetesLacks() {
    assertThat(schema.kind(GroupVersion.parse("v1").kind("Pods"))).isEmpty();
    assertThat(schema.struct("io.k8s.api.core.v1.Nothing")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "io.k8s.api.core.v1.PodSpec, containers, MAP, name",
    "io.k8s.api.core.v1.PodSpec, volumes, MAP, name",
    "io.k8s.api.core.v1.Container, env, MAP, name",
    "io.k8s.api.core.v1.Container, command, ATOMIC, ",
    "io.k8s.api.apps.v1.DeploymentStatus, conditions, MAP, type",
    "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta, ownerReferences, MAP, uid",
    "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta, finalizers, SET, ",
  })
  void knowsHowListsMerge(String type, String field, ListType.Topology topology, String keys) {
    ListType list = (ListType) field(type, field).type();
    assertThat(list.topology()).isEqualTo(topology);
    assertThat(list.mapKeys()).isEqualTo(keys == null ? List.of() : List.of(keys.split(" ")));
  }

  @Test
  void showsInlinedStructsInPlace() {
    Field secret = field("io.k8s.api.core.v1.Volume", "secret");
    assertThat(secret.inlined()).containsExactly(2);
    assertThat(secret.type()).hasToString("io.k8s.api.core.v1.SecretVolumeSource");
    assertThat(schema.struct("io.k8s.api.core.v1.VolumeSource")).isNull();
  }

  @Test
  void describesTypesAndFields() {
    StructType probe = Objects.requireNonNull(schema.struct("io.k8s.api.core.v1.Probe"));
    assertThat(schema.description(probe)).startsWith("Probe describes a health check");
    assertThat(schema.description(probe, "periodSeconds")).startsWith("How often (in seconds)");
    assertThat(schema.description(probe, "nothing")).isEmpty();
  }

  @Test
  void everyDefaultIsOfItsFieldsType() {
    for (StructType type : schema.all()) {
      for (Field field : type.fields()) {
        Json value = field.defaultValue();
        if (value != null && field.type() == ScalarType.STRING) {
          assertThat(value.typeName()).as("%s.%s", type, field.name()).isEqualTo("string");
        }
      }
    }
  }

  private Field field(String type, String field) {
    StructType struct = Objects.requireNonNull(schema.struct(type), type);
    return Objects.requireNonNull(struct.field(field), field);
  }
}
