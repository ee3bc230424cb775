package io.tiphys.model.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.StructType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published generated classes read what the codec writes, and the other way round. */
class ProtobufTest {
  private final Schema schema = Schema.kubernetes();
  private final Protobuf protobuf = new Protobuf(schema);

  @Test
  void encodesPods() throws Exception {
    JsonObject pod =
        json(
            """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "p", "labels": {"a": "b", "c": "d"},
               "creationTimestamp": "2026-01-31T09:05:00Z"},
             "spec": {
               "hostUsers": false, "securityContext": {"runAsUser": 0},
               "volumes": [{"name": "v", "secret": {"secretName": "s", "defaultMode": 420}},
                           {"name": "e", "emptyDir": {}}],
               "containers": [{"name": "c", "env": [{"name": "E", "value": "x"}],
                 "resources": {"limits": {"cpu": "500m", "memory": "1Gi"}},
                 "livenessProbe": {"httpGet": {"path": "/", "port": "http"}, "periodSeconds": 5},
                 "ports": [{"containerPort": 80, "protocol": "TCP"}]}]},
             "status": {"phase": "Running", "podIPs": [{"ip": "10.0.0.1"}]}}
            """);
    V1.Pod message = V1.Pod.parseFrom(protobuf.encodeMessage(pod, type("io.k8s.api.core.v1.Pod")));
    assertThat(message.getMetadata().getLabelsMap())
        .containsEntry("a", "b")
        .containsEntry("c", "d");
    assertThat(message.getMetadata().getCreationTimestamp().getSeconds()).isEqualTo(1769850300L);
    assertThat(message.getSpec().getVolumes(0).getVolumeSource().getSecret().getSecretName())
        .isEqualTo("s");
    assertThat(message.getSpec().getVolumes(1).getVolumeSource().hasEmptyDir()).isTrue();
    assertThat(message.getSpec().hasHostUsers()).isTrue();
    V1.Container container = message.getSpec().getContainers(0);
    assertThat(container.getResources().getLimitsMap().get("memory"))
        .extracting(Quantity::getString)
        .isEqualTo("1Gi");
    V1.Probe probe = container.getLivenessProbe();
    assertThat(probe.getHandler().getHttpGet().getPort())
        .isEqualTo(IntOrString.newBuilder().setType(1).setIntVal(0).setStrVal("http").build());
    assertThat(probe.getPeriodSeconds()).isEqualTo(5);
    assertThat(protobuf.decode(protobuf.encode(pod))).isEqualTo(pod);
  }

  @Test
  void decodesWhatGoWrites() {
    V1Apps.Deployment deployment =
        V1Apps.Deployment.newBuilder()
            .setMetadata(
                Meta.ObjectMeta.newBuilder()
                    .setName("d")
                    .setGenerateName("")
                    .setGeneration(0)
                    .setCreationTimestamp(Meta.Time.getDefaultInstance()))
            .setSpec(
                V1Apps.DeploymentSpec.newBuilder()
                    .setReplicas(0)
                    .setMinReadySeconds(0)
                    .setPaused(false)
                    .setStrategy(
                        V1Apps.DeploymentStrategy.newBuilder()
                            .setType("RollingUpdate")
                            .setRollingUpdate(
                                V1Apps.RollingUpdateDeployment.newBuilder()
                                    .setMaxSurge(intOrString(0, 1, ""))
                                    .setMaxUnavailable(intOrString(1, 0, "25%")))))
            .build();
    JsonObject tree =
        protobuf.decodeMessage(deployment.toByteArray(), type("io.k8s.api.apps.v1.Deployment"));
    assertThat(tree)
        .isEqualTo(
            json(
                """
                {"metadata": {"name": "d"},
                 "spec": {"replicas": 0, "strategy": {"type": "RollingUpdate",
                   "rollingUpdate": {"maxSurge": 1, "maxUnavailable": "25%"}}}}
                """));
  }

  @Test
  void carriesSchemasOfCustomResources() throws Exception {
    String name = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";
    JsonObject tree =
        json(
            """
            {"$ref": "r", "additionalItems": false, "additionalProperties": {"type": "string"},
             "default": {"a": [1, null]}, "enum": ["a", 1], "items": [{"type": "integer"}],
             "dependencies": {"a": ["b", "c"], "d": {"type": "object"}}, "maximum": 10,
             "properties": {"p": {"items": {"type": "string"}}},
             "x-kubernetes-preserve-unknown-fields": true}
            """);
    byte[] bytes = protobuf.encodeMessage(tree, type(name));
    V1Apiextensions.JSONSchemaProps message = V1Apiextensions.JSONSchemaProps.parseFrom(bytes);
    assertThat(message.getAdditionalProperties().getAllows()).isTrue();
    assertThat(message.getAdditionalItems().getAllows()).isFalse();
    assertThat(message.getDependenciesMap().get("a"))
        .satisfies(d -> assertThat(d.getPropertyList()).containsExactly("b", "c"));
    assertThat(message.getItems().getJSONSchemas(0).getType()).isEqualTo("integer");
    assertThat(message.getDefault().getRaw().toStringUtf8()).isEqualTo("{\"a\":[1,null]}");
    assertThat(protobuf.decodeMessage(bytes, type(name))).isEqualTo(tree);
  }

  @Test
  void carriesListsThatAreMessages() throws Exception {
    StructType type = type("io.k8s.api.authentication.v1.UserInfo");
    JsonObject user = json("{\"extra\": {\"k\": [\"a\", \"b\"]}, \"username\": \"u\"}");
    byte[] bytes = protobuf.encodeMessage(user, type);
    assertThat(V1Authentication.UserInfo.parseFrom(bytes).getExtraMap().get("k"))
        .satisfies(k -> assertThat(k.getItemsList()).containsExactly("a", "b"));
    assertThat(protobuf.decodeMessage(bytes, type)).isEqualTo(user);
  }

  @Test
  void putsObjectsIntoAnEnvelope() throws Exception {
    JsonObject event =
        json(
            """
            {"apiVersion": "events.k8s.io/v1", "kind": "Event",
             "eventTime": "2026-01-31T09:05:00.123456Z", "reason": "r"}
            """);
    byte[] bytes = protobuf.encode(event);
    assertThat(new String(bytes, 0, 4, StandardCharsets.ISO_8859_1)).isEqualTo("k8s\0");
    Runtime.Unknown unknown =
        Runtime.Unknown.parseFrom(ByteString.copyFrom(bytes, 4, bytes.length - 4));
    assertThat(unknown.getTypeMeta().getApiVersion()).isEqualTo("events.k8s.io/v1");
    assertThat(unknown.getTypeMeta().getKind()).isEqualTo("Event");
    assertThat(unknown.hasContentEncoding()).isTrue();
    assertThat(protobuf.decode(bytes)).isEqualTo(event);
  }

  @Test
  void framesWatchEvents() throws Exception {
    JsonObject object = json("{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"code\":410}");
    byte[] frame = Protobuf.watchFrame("ERROR", protobuf.encode(object));
    assertThat(ByteBuffer.wrap(frame).getInt()).isEqualTo(frame.length - 4);
    Meta.WatchEvent event =
        Meta.WatchEvent.parseFrom(ByteString.copyFrom(frame, 4, frame.length - 4));
    assertThat(event.getType()).isEqualTo("ERROR");
    assertThat(protobuf.decode(event.getObject().getRaw().toByteArray())).isEqualTo(object);
  }

  @Test
  void readsRawExtensionsInJsonAndInEnvelopes() {
    JsonObject list =
        json(
            """
            {"apiVersion": "v1", "kind": "List",
             "items": [{"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "b"}}]}
            """);
    assertThat(protobuf.decode(protobuf.encode(list))).isEqualTo(list);
    byte[] item = protobuf.encode((JsonObject) list.array("items").get(0));
    byte[] bytes =
        V1.List.newBuilder()
            .addItems(Runtime.RawExtension.newBuilder().setRaw(ByteString.copyFrom(item)))
            .build()
            .toByteArray();
    assertThat(protobuf.decodeMessage(bytes, type("io.k8s.api.core.v1.List")).array("items"))
        .isEqualTo(list.array("items"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyKindSurvivesTheRoundTrip(long seed) {
    for (GroupVersionKind kind : schema.kinds()) {
      JsonObject tree =
          new RandomTrees(seed)
              .struct(schema.kind(kind).orElseThrow(), 0)
              .with("apiVersion", kind.apiVersion())
              .with("kind", kind.kind());
      assertThat(protobuf.decode(protobuf.encode(tree))).as("%s", kind).isEqualTo(tree);
    }
  }

  @Test
  void generatedClassesReadRandomObjectsWithoutLoss() throws Exception {
    for (long seed = 0; seed < 30; seed++) {
      JsonObject pod = new RandomTrees(seed).struct(type("io.k8s.api.core.v1.Pod"), 0);
      byte[] bytes = protobuf.encodeMessage(pod, type("io.k8s.api.core.v1.Pod"));
      V1.Pod message = V1.Pod.parseFrom(bytes);
      assertThat(message.getUnknownFields().asMap()).isEmpty();
      assertThat(protobuf.decodeMessage(message.toByteArray(), type("io.k8s.api.core.v1.Pod")))
          .isEqualTo(pod);
    }
  }

  @Test
  void refusesMalformedInput() {
    assertThatThrownBy(() -> protobuf.decode("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ProtobufException.class)
        .hasMessageContaining("expected prefix [107 56 115 0]");
    assertThatThrownBy(() -> protobuf.decode(new byte[] {'k', '8', 's', 0, 10, 127}))
        .isInstanceOf(ProtobufException.class)
        .hasMessage("unexpected EOF");
    assertThatThrownBy(() -> protobuf.encode(json("{\"apiVersion\":\"x.io/v1\",\"kind\":\"Foo\"}")))
        .hasMessage("no kind \"Foo\" is registered for version \"x.io/v1\"");
    assertThatThrownBy(() ->
            protobuf.encode(
                json("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":1}}")))
        .isInstanceOf(ProtobufException.class)
        .hasMessageContaining("ObjectMeta.name");
  }

  @Test
  void boundsTheDepth() {
    byte[] bytes = {};
    StructType type =
        type("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps");
    for (int i = 0; i < 300; i++) {
      ReverseBuffer out = new ReverseBuffer();
      out.bytes(28, bytes);
      bytes = out.toBytes();
    }
    byte[] deep = bytes;
    assertThatThrownBy(() -> protobuf.decodeMessage(deep, type))
        .isInstanceOf(ProtobufException.class)
        .hasMessageContaining("nested deeper than 200");
  }

  @Test
  void damagedBytesAreRefusedOrReadButNeverFailOtherwise() throws InvalidProtocolBufferException {
    Random random = new Random(7);
    byte[] good =
        protobuf.encode(
            new RandomTrees(3)
                .struct(type("io.k8s.api.core.v1.Pod"), 0)
                .with("apiVersion", "v1")
                .with("kind", "Pod"));
    for (int i = 0; i < 5_000; i++) {
      byte[] bad = good.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        bad[4 + random.nextInt(bad.length - 4)] = (byte) random.nextInt();
      }
      try {
        protobuf.decode(bad);
      } catch (ProtobufException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  private static IntOrString intOrString(long type, int number, String text) {
    return IntOrString.newBuilder().setType(type).setIntVal(number).setStrVal(text).build();
  }

  private StructType type(String name) {
    return Objects.requireNonNull(schema.struct(name), name);
  }

  private static JsonObject json(String text) {
    return (JsonObject) Json.parse(text);
  }
}
