package io.tiphys.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {
  private static final String CORE = "io.k8s.api.core.v1.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // type | tree | message after "json: cannot unmarshal "
        "apps.v1.Deployment | {'spec':{'replicas':'3'}} |"
            + " string into Go struct field DeploymentSpec.spec.replicas of type int32",
        "apps.v1.Deployment | {'spec':{'replicas':1.5}} |"
            + " number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32",
        "apps.v1.Deployment | {'spec':{'replicas':3000000000}} |"
            + " number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32",
        "core.v1.Pod | {'metadata':'x'} |"
            + " string into Go struct field Pod.metadata of type v1.ObjectMeta",
        "core.v1.Pod | {'metadata':{'labels':{'a':1}}} |"
            + " number into Go struct field ObjectMeta.metadata.labels of type string",
        "core.v1.Pod | {'metadata':{'labels':[]}} |"
            + " array into Go struct field ObjectMeta.metadata.labels of type map[string]string",
        "core.v1.Pod | {'spec':{'containers':{}}} |"
            + " object into Go struct field PodSpec.spec.containers of type []v1.Container",
        "core.v1.Pod | {'spec':{'containers':[{'env':[{'name':'A','value':1}]}]}} |"
            + " number into Go struct field EnvVar.spec.containers.env.value of type string",
        "core.v1.Pod | {'spec':{'hostNetwork':'true'}} |"
            + " string into Go struct field PodSpec.spec.hostNetwork of type bool",
        "core.v1.Service | {'spec':{'ports':[{'targetPort':true}]}} |"
            + " bool into Go struct field ServicePort.spec.ports.targetPort of type int32",
        "core.v1.Secret | {'data':{'a':1}} |"
            + " number into Go struct field Secret.data of type []uint8",
      })
  void refusesWrongTypesInGosWords(String type, String tree, String message) {
    assertThatThrownBy(() -> fit("io.k8s.api." + type, tree))
        .isInstanceOf(ShapeException.class)
        .hasMessage("json: cannot unmarshal " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Secret | {'data':{'a':'%%%'}} | illegal base64 data at input byte 0",
        "Secret | {'data':{'a':'YWI'}} | illegal base64 data at input byte 0",
        "Secret | {'data':{'a':'YWJjZA='}} | illegal base64 data at input byte 7",
        "PersistentVolume | {'spec':{'capacity':{'storage':'1x'}}} |"
            + " quantities must match the regular expression"
            + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        "Pod | {'metadata':{'creationTimestamp':'now'}} |"
            + " parsing time \"now\" as \"2006-01-02T15:04:05Z07:00\":"
            + " cannot parse \"now\" as \"2006\"",
      })
  void refusesWrongFormats(String kind, String tree, String message) {
    assertThatThrownBy(() -> fit(CORE + kind, tree)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // nulls
        "Pod | {'spec':{'nodeName':null,'priority':0}} | {'spec':{'priority':0}}",
        "Pod | {'metadata':{'creationTimestamp':null,'labels':{'a':null}}} |"
            + " {'metadata':{'labels':{'a':''}}}",
        // zeros that Go omits, and zeros that it keeps
        "Pod | {'spec':{'hostNetwork':false,'hostUsers':false,'nodeSelector':{}}} |"
            + " {'spec':{'hostUsers':false}}",
        "PersistentVolumeClaim | {'spec':{'storageClassName':'','volumeName':''}} |"
            + " {'spec':{'storageClassName':''}}",
        "Pod | {'spec':{'containers':[{'name':'a','env':[{'name':'E','value':''}]}]}} |"
            + " {'spec':{'containers':[{'name':'a','env':[{'name':'E'}]}]}}",
        "Pod | {'spec':{'volumes':[{'name':'v','emptyDir':{}}]}} |"
            + " {'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}",
        // canonical forms
        "LimitRange | {'spec':{'limits':[{'type':'Pod','max':{'cpu':0.5,'memory':'1024Mi'}}]}} |"
            + " {'spec':{'limits':[{'type':'Pod','max':{'cpu':'500m','memory':'1Gi'}}]}}",
        "Pod | {'metadata':{'creationTimestamp':'2026-01-31T10:05:00+01:00'}} |"
            + " {'metadata':{'creationTimestamp':'2026-01-31T09:05:00Z'}}",
      })
  void writesValuesAsGoWould(String kind, String tree, String expected) {
    Shape.Result result = fit(CORE + kind, tree);
    assertThat(result.value()).isEqualTo(json(expected));
    assertThat(result.unknown()).isEmpty();
  }

  @Test
  void dropsAndReportsUnknownFields() {
    Shape.Result result =
        fit(
            CORE + "Pod",
            "{'extra':1,'metadata':{'annotations':{'x':'y'},'clusterName':'c'},"
                + "'spec':{'containers':[{'name':'a'},{'imagePullPolic':'Always','name':'b'}]}}");
    assertThat(result.unknown())
        .containsExactly("extra", "metadata.clusterName", "spec.containers[1].imagePullPolic");
    assertThat(result.value())
        .isEqualTo(
            json(
                "{'metadata':{'annotations':{'x':'y'}},"
                    + "'spec':{'containers':[{'name':'a'},{'name':'b'}]}}"));
  }

  @Test
  void returnsWhatIsInShapeItself() {
    JsonObject pod =
        json(
            "{'apiVersion':'v1','kind':'Pod','metadata':{'labels':{'a':'b'},'name':'p'},"
                + "'spec':{'containers':[{'image':'i','name':'c',"
                + "'resources':{'limits':{'cpu':'500m'}}}]}}");
    assertThat(Shape.fit(pod, type(CORE + "Pod")).value()).isSameAs(pod);
  }

  @Test
  void checksSchemasOfCustomResources() {
    String crd = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
    Shape.Result result =
        fit(
            crd + "JSONSchemaProps",
            "{'additionalProperties':{'type':'string','wrong':1},'default':{'free':[1,null]},"
                + "'items':{'additionalProperties':true},'properties':{'a':{'wrong':2}}}");
    assertThat(result.unknown())
        .containsExactly("additionalProperties.wrong", "properties.a.wrong");
    assertThat(result.value().get("default")).isEqualTo(json("{'free':[1,null]}"));
    assertThatThrownBy(() -> fit(crd + "JSONSchemaProps", "{'additionalProperties':1}"))
        .hasMessage("boolean or JSON schema expected");
  }

  private static Shape.Result fit(String type, String tree) {
    return Shape.fit(json(tree), type(type));
  }

  private static StructType type(String name) {
    return Objects.requireNonNull(Schema.kubernetes().struct(name), name);
  }

  private static JsonObject json(String text) {
    return (JsonObject) Json.parse(text.replace('\'', '"'));
  }
}
