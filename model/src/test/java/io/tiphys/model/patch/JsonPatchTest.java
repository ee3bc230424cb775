package io.tiphys.model.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.json.Json;
import io.tiphys.model.status.ApiException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonPatchTest {

  /** The examples of RFC 6902, appendix A, that succeed, and what else users write. */
  static Stream<Arguments> patches() {
    return Stream.of(
        Arguments.of(
            "{'foo':'bar'}",
            "[{'op':'add','path':'/baz','value':'qux'}]",
            "{'baz':'qux','foo':'bar'}"),
        Arguments.of(
            "{'foo':['bar','baz']}",
            "[{'op':'add','path':'/foo/1','value':'qux'}]",
            "{'foo':['bar','qux','baz']}"),
        Arguments.of(
            "{'baz':'qux','foo':'bar'}", "[{'op':'remove','path':'/baz'}]", "{'foo':'bar'}"),
        Arguments.of(
            "{'foo':['bar','qux','baz']}",
            "[{'op':'remove','path':'/foo/1'}]",
            "{'foo':['bar','baz']}"),
        Arguments.of(
            "{'baz':'qux','foo':'bar'}",
            "[{'op':'replace','path':'/baz','value':'boo'}]",
            "{'baz':'boo','foo':'bar'}"),
        Arguments.of(
            "{'foo':{'bar':'baz','waldo':'fred'},'qux':{'corge':'grault'}}",
            "[{'op':'move','from':'/foo/waldo','path':'/qux/thud'}]",
            "{'foo':{'bar':'baz'},'qux':{'corge':'grault','thud':'fred'}}"),
        Arguments.of(
            "{'foo':['all','grass','cows','eat']}",
            "[{'op':'move','from':'/foo/1','path':'/foo/3'}]",
            "{'foo':['all','cows','eat','grass']}"),
        Arguments.of(
            "{'baz':'qux','foo':['a',2,'c']}",
            "[{'op':'test','path':'/baz','value':'qux'},{'op':'test','path':'/foo/1','value':2}]",
            "{'baz':'qux','foo':['a',2,'c']}"),
        Arguments.of(
            "{'foo':'bar'}",
            "[{'op':'add','path':'/child','value':{'grandchild':{}}}]",
            "{'foo':'bar','child':{'grandchild':{}}}"),
        Arguments.of(
            "{'foo':'bar'}",
            "[{'op':'add','path':'/baz','value':'qux','xyz':123}]",
            "{'foo':'bar','baz':'qux'}"),
        Arguments.of(
            "{'/':9,'~1':10}", "[{'op':'test','path':'/~01','value':10}]", "{'/':9,'~1':10}"),
        Arguments.of(
            "{'foo':['bar']}",
            "[{'op':'add','path':'/foo/-','value':['abc','def']}]",
            "{'foo':['bar',['abc','def']]}"),
        Arguments.of("{'a':1}", "[{'op':'copy','from':'/a','path':'/b'}]", "{'a':1,'b':1}"),
        Arguments.of("{'a':[1,2]}", "[{'op':'remove','path':'/a/-1'}]", "{'a':[1]}"),
        Arguments.of("{'a':[1,2]}", "[{'op':'add','path':'/a/-1','value':3}]", "{'a':[1,2,3]}"),
        Arguments.of("{'a':1}", "[{'op':'replace','path':'/b','value':2}]", "{'a':1,'b':2}"),
        Arguments.of("{'a':1}", "[{'op':'test','path':'/b','value':null}]", "{'a':1}"),
        Arguments.of("{'a':1}", "[{'op':'replace','path':'','value':{'b':2}}]", "{'b':2}"),
        Arguments.of("{'a':1}", "[{'op':'test','path':'','value':{'a':1}}]", "{'a':1}"),
        Arguments.of(
            "{'metadata':{'annotations':{'a/b':'x'}}}",
            "[{'op':'remove','path':'/metadata/annotations/a~1b'}]",
            "{'metadata':{'annotations':{}}}"),
        Arguments.of("{'a':1}", "[]", "{'a':1}"));
  }

  @ParameterizedTest
  @MethodSource("patches")
  void applies(String document, String patch, String result) {
    assertThat(JsonPatch.apply(json(document), json(patch))).isEqualTo(json(result));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            "[{'op':'add','path':'/baz/bat','value':'qux'}]",
            "add operation does not apply: doc is missing path: \"/baz/bat\": missing value"),
        Arguments.of(
            "[{'op':'add','path':'x','value':1}]",
            "add operation does not apply: doc is missing path: \"x\": missing value"),
        Arguments.of(
            "[{'op':'remove','path':'/nope'}]",
            "error in remove for path: '/nope': Unable to remove nonexistent key: nope: missing"
                + " value"),
        Arguments.of(
            "[{'op':'replace','path':'/nope/x','value':1}]",
            "replace operation does not apply: doc is missing path: /nope/x: missing value"),
        Arguments.of(
            "[{'op':'test','path':'/foo','value':'x'}]", "testing value /foo failed: test failed"),
        Arguments.of(
            "[{'op':'add','path':'/list/7','value':1}]",
            "error in add for path: '/list/7': Unable to access invalid index: 7: invalid index"
                + " referenced"),
        Arguments.of(
            "[{'op':'add','path':'/list/x','value':1}]",
            "error in add for path: '/list/x': value was not a proper array index: 'x'"),
        Arguments.of(
            "[{'op':'move','from':'/nope/a','path':'/b'}]",
            "move operation does not apply: doc is missing from path: /nope/a: missing value"),
        Arguments.of("[{'op':'jump','path':'/b'}]", "Unexpected kind: jump"),
        Arguments.of(
            "[{'op':'add','value':1}]", "add operation failed to decode path: missing value"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void operationsThatDoNotApplySayWhy(String patch, String message) {
    Json document = json("{'foo':'bar','list':[1,2]}");
    assertThatThrownBy(() -> JsonPatch.apply(document, json(patch)))
        .isInstanceOfSatisfying(
            PatchException.class,
            e -> {
              assertThat(e).hasMessage(message);
              ApiException answer = e.toApiException();
              assertThat(answer.code()).isEqualTo(422);
              assertThat(answer)
                  .hasMessage("the server rejected our request due to an error in our request");
            });
  }

  @Test
  void patchesThatAreNoneAreBadRequests() {
    for (String patch : new String[] {"{}", "1", "[1]", "[[]]"}) {
      assertThatThrownBy(() -> JsonPatch.apply(json("{}"), json(patch)))
          .isInstanceOfSatisfying(
              PatchException.class, e -> assertThat(e.toApiException().code()).isEqualTo(400));
    }
  }

  @Test
  void operationsAndCopiesAreBounded() {
    String many = "[" + "{'op':'test','path':''},".repeat(10_000) + "{}]";
    assertThatThrownBy(() -> JsonPatch.apply(json("{}"), json(many)))
        .isInstanceOfSatisfying(
            PatchException.class, e -> assertThat(e.toApiException().code()).isEqualTo(413))
        .hasMessage("The allowed maximum operations in a JSON patch is 10000, got 10001");
    String bomb =
        "[" + "{'op':'copy','from':'/a','path':'/a/-'},".repeat(60) + "{'op':'test','path':''}]";
    assertThatThrownBy(() -> JsonPatch.apply(json("{'a':['x']}"), json(bomb)))
        .isInstanceOf(PatchException.class)
        .hasMessageStartingWith("Unable to complete the copy");
  }

  private static Json json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }
}
