package io.tiphys.model.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupVersionKind;
import io.tiphys.model.schema.Schema;
import io.tiphys.model.schema.StructType;
import io.tiphys.model.yaml.YamlReader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrategicMergePatchTest {
  private static final StructType POD = kind("", "v1", "Pod");
  private static final StructType DEPLOYMENT = kind("apps", "v1", "Deployment");
  private static final StructType SERVICE = kind("", "v1", "Service");

  static StructType kind(String group, String version, String kind) {
    return Schema.kubernetes().kind(new GroupVersionKind(group, version, kind)).orElseThrow();
  }

  static Stream<Arguments> patches() {
    return Stream.of(
        row(
            "a new item of a merged list comes first",
            "{spec:{containers:[{name:a,image:x}]}}",
            "{spec:{containers:[{name:b,image:y}]}}",
            "{spec:{containers:[{name:b,image:y},{name:a,image:x}]}}"),
        row(
            "an item is merged by its key",
            "{spec:{containers:[{name:a,image:x,tty:true},{name:b,image:y}]}}",
            "{spec:{containers:[{name:b,image:z},{name:a,tty:null}]}}",
            "{spec:{containers:[{name:b,image:z},{name:a,image:x}]}}"),
        row(
            "an item is deleted",
            "{spec:{containers:[{name:a,image:x},{name:b,image:y}]}}",
            "{spec:{containers:[{name:a,$patch:delete}]}}",
            "{spec:{containers:[{name:b,image:y}]}}"),
        row(
            "a merged list is replaced",
            "{spec:{containers:[{name:a,image:x},{name:b,image:y}]}}",
            "{spec:{containers:[{name:c,image:z},{$patch:replace}]}}",
            "{spec:{containers:[{name:c,image:z}]}}"),
        row(
            "an atomic list is replaced",
            "{spec:{tolerations:[{key:a}]}}",
            "{spec:{tolerations:[{key:b}]}}",
            "{spec:{tolerations:[{key:b}]}}"),
        row(
            "a map is replaced",
            "{metadata:{labels:{a:'1',b:'2'}}}",
            "{metadata:{labels:{$patch:replace,c:'3'}}}",
            "{metadata:{labels:{c:'3'}}}"),
        row(
            "a map is emptied",
            "{metadata:{labels:{a:'1',b:'2'}}}",
            "{metadata:{labels:{$patch:delete}}}",
            "{metadata:{labels:{}}}"),
        row(
            "null removes a key, a list and nothing",
            "{metadata:{labels:{a:'1',b:'2'}},spec:{containers:[{name:a}]}}",
            "{metadata:{labels:{a:null,x:null}},spec:{containers:null}}",
            "{metadata:{labels:{b:'2'}},spec:{}}"),
        row(
            "scalars are merged as a set",
            "{metadata:{finalizers:[a,b]}}",
            "{metadata:{finalizers:[c,b]}}",
            "{metadata:{finalizers:[c,a,b]}}"),
        row(
            "scalars are deleted",
            "{metadata:{finalizers:[a,b,c]}}",
            "{metadata:{$deleteFromPrimitiveList/finalizers:[a,x]}}",
            "{metadata:{finalizers:[b,c]}}"),
        row(
            "scalars are deleted and added in an order",
            "{metadata:{finalizers:[a,b,c]}}",
            "{metadata:{$deleteFromPrimitiveList/finalizers:[a],finalizers:[d],"
                + "$setElementOrder/finalizers:[c,d,b]}}",
            "{metadata:{finalizers:[c,d,b]}}"),
        row(
            "the order of items is set",
            "{spec:{containers:[{name:a},{name:b},{name:c}]}}",
            "{spec:{$setElementOrder/containers:[{name:c},{name:a}]}}",
            "{spec:{containers:[{name:b},{name:c},{name:a}]}}"),
        row(
            "kubectl adds an item at its place",
            "{spec:{containers:[{name:a},{name:c}]}}",
            "{spec:{$setElementOrder/containers:[{name:a},{name:b},{name:c}],"
                + "containers:[{name:b,image:x}]}}",
            "{spec:{containers:[{name:a},{name:b,image:x},{name:c}]}}"),
        row(
            "items nest",
            "{spec:{containers:[{name:a,env:[{name:X,value:'1'},{name:Y,value:'2'}]}]}}",
            "{spec:{containers:[{name:a,env:[{name:X,$patch:delete},{name:Z,value:'3'}]}]}}",
            "{spec:{containers:[{name:a,env:[{name:Z,value:'3'},{name:Y,value:'2'}]}]}}"),
        row(
            "directives leave no trace where there was nothing",
            "{}",
            "{metadata:{labels:{$patch:replace,a:'1',b:null}},spec:{containers:[{name:a,"
                + "$setElementOrder/env:[{name:X}],env:[{name:X,value:'1'},"
                + "{name:Y,$patch:delete}]}]}}",
            "{metadata:{labels:{a:'1'}},spec:{containers:[{name:a,env:[{name:X,value:'1'}]}]}}"));
  }

  private static Arguments row(String what, String original, String patch, String result) {
    return Arguments.of(what, original, patch, result);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("patches")
  void podsArePatched(String what, String original, String patch, String result) {
    assertThat(StrategicMergePatch.apply(json(original), json(patch), POD)).isEqualTo(json(result));
  }

  @Test
  void retainKeysClearsTheRest() {
    assertThat(
            StrategicMergePatch.apply(
                json("{spec:{strategy:{type:RollingUpdate,rollingUpdate:{maxSurge:1}}}}"),
                json("{spec:{strategy:{$retainKeys:[type],type:Recreate}}}"),
                DEPLOYMENT))
        .isEqualTo(json("{spec:{strategy:{type:Recreate}}}"));
  }

  @Test
  void aDeploymentIsPatchedAsTheDocumentationShows() {
    JsonObject original =
        json("{spec:{replicas:2,template:{spec:{containers:[{name:demo,image:nginx}]}}}}");
    JsonObject patch = json("{spec:{template:{spec:{containers:[{name:demo2,image:redis}]}}}}");
    assertThat(StrategicMergePatch.apply(original, patch, DEPLOYMENT))
        .isEqualTo(
            json(
                "{spec:{replicas:2,template:{spec:{containers:[{name:demo2,image:redis},"
                    + "{name:demo,image:nginx}]}}}}"));
  }

  @Test
  void portsOfAServiceAreMergedByPort() {
    assertThat(
            StrategicMergePatch.apply(
                json("{spec:{ports:[{port:80,protocol:TCP},{port:443,protocol:TCP}]}}"),
                json("{spec:{ports:[{port:80,nodePort:30080}]}}"),
                SERVICE))
        .isEqualTo(
            json(
                "{spec:{ports:[{port:80,protocol:TCP,nodePort:30080},"
                    + "{port:443,protocol:TCP}]}}"));
  }

  @Test
  void aPatchThatChangesNothingReturnsTheSameTree() {
    JsonObject pod = json("{metadata:{labels:{a:'1'}},spec:{containers:[{name:a,image:x}]}}");
    assertThat(StrategicMergePatch.apply(pod, pod, POD)).isSameAs(pod);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(
            "{spec:{containers:[{image:x}]}}",
            400,
            "map: map[image:x] does not contain declared merge key: name"),
        Arguments.of(
            "{metadata:{labels:{$patch:drop}}}",
            400,
            "unknown patch type: drop in map: map[$patch:drop]"),
        Arguments.of(
            "{spec:{containers:[{$patch:merge}]}}",
            400,
            "merging lists cannot yet be specified in the patch"),
        Arguments.of(
            "{spec:{containers:[a]}}",
            400,
            "list element types are not identical: [[map[name:a]] [a]]"),
        Arguments.of("{spec:{containers:[[a]]}}", 422, "lists of lists are not supported"),
        Arguments.of(
            "{spec:{$retainKeys:[a],containers:[]}}", 400, "invalid patch format of retainKeys"),
        Arguments.of("{spec:{$retainKeys:a}}", 400, "invalid patch format of retainKeys"),
        Arguments.of(
            "{metadata:{$deleteFromPrimitiveList:[a]}}",
            400,
            "invalid patch format of primitive list"),
        Arguments.of(
            "{spec:{$setElementOrder/containers:[{name:a},{name:b}],"
                + "containers:[{name:b},{name:a}]}}",
            400,
            "The order in patch list:\n[map[name:b] map[name:a]]\n doesn't match $setElementOrder"
                + " list:\n[map[name:a] map[name:b]]\n"),
        Arguments.of(
            "[]",
            400,
            "json: cannot unmarshal array into Go value of type map[string]interface {}"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void wrongPatchesAreRefusedInUpstreamsWords(String patch, int code, String message) {
    JsonObject pod = json("{spec:{containers:[{name:a}]}}");
    assertThatThrownBy(() -> StrategicMergePatch.apply(pod, tree(patch), POD))
        .isInstanceOfSatisfying(
            PatchException.class, e -> assertThat(e.toApiException().code()).isEqualTo(code))
        .hasMessage(message);
  }

  static Json tree(String yaml) {
    return YamlReader.parse(yaml.replace(":", ": "));
  }

  static JsonObject json(String yaml) {
    return (JsonObject) tree(yaml);
  }
}
