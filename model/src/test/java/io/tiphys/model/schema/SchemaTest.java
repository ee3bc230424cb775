package io.tiphys.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.meta.GroupVersion;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

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
    "core.v1.PodSpec, containers, MAP, name",
    "core.v1.PodSpec, volumes, MAP, name",
    "core.v1.PodSpec, imagePullSecrets, MAP, name",
    "core.v1.PodSpec, hostAliases, MAP, ip",
    "core.v1.PodSpec, tolerations, ATOMIC, ",
    "core.v1.PodSpec, topologySpreadConstraints, MAP, topologyKey whenUnsatisfiable",
    "core.v1.PodStatus, podIPs, MAP, ip",
    "core.v1.PodStatus, hostIPs, ATOMIC, ",
    "core.v1.Container, env, MAP, name",
    "core.v1.Container, envFrom, ATOMIC, ",
    "core.v1.Container, ports, MAP, containerPort protocol",
    "core.v1.Container, volumeMounts, MAP, mountPath",
    "core.v1.Container, command, ATOMIC, ",
    "core.v1.EphemeralContainer, ports, MAP, containerPort protocol",
    "core.v1.ServiceSpec, ports, MAP, port protocol",
    "core.v1.ServiceSpec, externalIPs, ATOMIC, ",
    "core.v1.ServiceAccount, secrets, MAP, name",
    "core.v1.ServiceAccount, imagePullSecrets, ATOMIC, ",
    "core.v1.NodeSpec, podCIDRs, SET, ",
    "core.v1.NodeSpec, taints, ATOMIC, ",
    "core.v1.ResourceRequirements, claims, MAP, name",
    "apps.v1.DeploymentStatus, conditions, MAP, type",
    "apps.v1beta1.DeploymentStatus, conditions, MAP, type",
    "batch.v1.JobStatus, conditions, ATOMIC, ",
    "discovery.v1.EndpointSlice, ports, ATOMIC, ",
    "discovery.v1.Endpoint, addresses, SET, ",
    "networking.v1.IngressSpec, rules, ATOMIC, ",
    "rbac.v1.ClusterRole, rules, ATOMIC, ",
    "admissionregistration.v1.ValidatingWebhookConfiguration, webhooks, MAP, name",
    "flowcontrol.v1.ResourcePolicyRule, verbs, SET, ",
    "resource.v1.ResourceClaimStatus, devices, MAP, driver device pool shareID",
    "storage.v1.CSINodeSpec, drivers, MAP, name",
  })
  void knowsHowListsMerge(String type, String field, ListType.Topology topology, String keys) {
    ListType list = (ListType) field("io.k8s.api." + type, field).type();
    assertThat(list.topology()).isEqualTo(topology);
    assertThat(list.mapKeys()).isEqualTo(keys == null ? List.of() : List.of(keys.split(" ", -1)));
  }

  @Test
  void knowsHowMetadataMerges() {
    assertThat(field(META + "ObjectMeta", "ownerReferences").type())
        .isInstanceOfSatisfying(
            ListType.class, list -> assertThat(list.mapKeys()).containsExactly("uid"));
    assertThat(field(META + "ObjectMeta", "finalizers").type())
        .isInstanceOfSatisfying(
            ListType.class, list -> assertThat(list.topology()).isEqualTo(ListType.Topology.SET));
  }

  @ParameterizedTest
  @CsvSource({
    // type, field, merge, retainKeys, replace, merge key
    "core.v1.PodSpec, containers, true, false, false, name",
    "core.v1.PodSpec, volumes, true, true, false, name",
    "core.v1.PodSpec, topologySpreadConstraints, true, false, false, topologyKey",
    "core.v1.Container, ports, true, false, false, containerPort",
    "core.v1.ServiceSpec, ports, true, false, false, port",
    "core.v1.Container, args, false, false, false, ",
    "apps.v1.DeploymentSpec, strategy, false, true, false, ",
    "extensions.v1beta1.DeploymentSpec, strategy, false, true, false, ",
    "policy.v1.PodDisruptionBudgetSpec, selector, false, false, true, ",
    "policy.v1beta1.PodDisruptionBudgetSpec, selector, false, false, false, ",
    "autoscaling.v2.HorizontalPodAutoscalerStatus, conditions, true, false, false, type",
    "autoscaling.v2beta2.HorizontalPodAutoscalerStatus, conditions, false, false, false, ",
  })
  void knowsHowStrategicPatchesMerge(
      String type, String name, boolean merge, boolean retainKeys, boolean replace, String key) {
    Field field = field("io.k8s.api." + type, name);
    assertThat(field.patchMerge()).isEqualTo(merge);
    assertThat(field.patchRetainKeys()).isEqualTo(retainKeys);
    assertThat(field.patchReplace()).isEqualTo(replace);
    assertThat(field.patchMergeKey()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({
    "core.v1.Container, resources, false",
    "core.v1.EnvVarSource, secretKeyRef, true",
    "core.v1.ObjectFieldSelector, , true",
    "core.v1.Event, involvedObject, true",
    "core.v1.PersistentVolumeSpec, claimRef, false",
    "apps.v1.DeploymentSpec, selector, true",
    "rbac.v1.RoleBinding, roleRef, true",
  })
  void knowsWhatIsReplacedAsAWhole(String type, String field, boolean atomic) {
    StructType struct =
        field == null
            ? Objects.requireNonNull(schema.struct("io.k8s.api." + type))
            : (StructType) field("io.k8s.api." + type, field).type();
    assertThat(struct.atomic()).isEqualTo(atomic);
  }

  @Test
  void everyMergeKeyIsAFieldOfTheItems() {
    for (StructType type : schema.all()) {
      for (Field field : type.fields()) {
        if (field.type() instanceof ListType list && list.item() instanceof StructType item) {
          assertThat(list.mapKeys())
              .as("%s.%s", type, field.name())
              .allSatisfy(key -> assertThat(item.field(key)).isNotNull());
          if (field.patchMergeKey() != null) {
            assertThat(item.field(field.patchMergeKey())).isNotNull();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "core.v1.Probe, timeoutSeconds, 1",
    "core.v1.ServicePort, protocol, \"TCP\"",
    "core.v1.ConfigMapVolumeSource, defaultMode, 420",
    "apps.v1.DeploymentSpec, progressDeadlineSeconds, 600",
    "apps.v1beta2.DeploymentSpec, progressDeadlineSeconds, 600",
    "extensions.v1beta1.DeploymentSpec, progressDeadlineSeconds, 2147483647",
    "apps.v1beta1.DeploymentSpec, revisionHistoryLimit, 2",
    "core.v1.PodSpec, nodeName, ",
  })
  void knowsDefaults(String type, String field, String json) {
    Json value = field("io.k8s.api." + type, field).defaultValue();
    assertThat(value).isEqualTo(json == null ? null : Json.parse(json));
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
  void everyDefaultFitsItsFieldAndIsAllowed() {
    for (StructType type : schema.all()) {
      for (Field field : type.fields()) {
        Json value = field.defaultValue();
        if (value != null) {
          Shape.Result fit = Shape.fit(JsonObject.EMPTY.with(field.name(), value), type);
          assertThat(fit.unknown()).isEmpty();
          if (!field.enumValues().isEmpty()) {
            assertThat(field.enumValues())
                .as("%s.%s", type, field.name())
                .contains(((JsonString) value).value());
          }
        }
      }
    }
  }

  @Test
  void onlyStringsHaveEnums() {
    for (StructType type : schema.all()) {
      for (Field field : type.fields()) {
        if (!field.enumValues().isEmpty()) {
          assertThat(field.type()).as("%s.%s", type, field.name()).isEqualTo(ScalarType.STRING);
        }
      }
    }
  }

  private Field field(String type, String field) {
    StructType struct = Objects.requireNonNull(schema.struct(type), type);
    return Objects.requireNonNull(struct.field(field), field);
  }
}
