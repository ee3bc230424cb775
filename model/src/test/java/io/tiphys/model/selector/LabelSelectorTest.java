package io.tiphys.model.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
  private static final JsonObject WEB =
      JsonObject.of("app", "web", "tier", "front", "weight", "5", "empty", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | `` | true",
        "app=web | app=web | true",
        "app==web | app==web | true",
        " app = web , tier=front | app=web,tier=front | true",
        "tier=front,app=web | app=web,tier=front | true",
        "app!=web | app!=web | false",
        "other!=web | other!=web | true",
        "app in (web) | app in (web) | true",
        "app in (x, web ,a) | app in (a,web,x) | true",
        "app notin (x,y) | app notin (x,y) | true",
        "other notin (x,y) | other notin (x,y) | true",
        "app notin (web) | app notin (web) | false",
        "app | app | true",
        "!app | !app | false",
        "!other | !other | true",
        "empty= | empty= | true",
        "empty in () | empty in () | true",
        "empty in (,) | empty in () | true",
        "empty in (a,,b) | empty in (,a,b) | true",
        "weight>4 | weight>4 | true",
        "weight > 5 | weight>5 | false",
        "weight<6 | weight<6 | true",
        "app>4 | app>4 | false",
        "other>4 | other>4 | false",
        "in in (in) | in in (in) | false",
        "notin | notin | false",
        "example.com/x!=y,!z | example.com/x!=y,!z | true",
      })
  void stringsAreReadAndMatched(String text, String canonical, boolean matches) {
    LabelSelector selector = LabelSelector.parse(text);
    assertThat(selector).hasToString(canonical);
    assertThat(selector.matches(WEB)).isEqualTo(matches);
    assertThat(LabelSelector.parse(selector.toString())).isEqualTo(selector);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "app=web,,x | found ',', expected: identifier after ','",
        "app=web x | found 'x', expected: ',' or 'end of string'",
        ",a | found ',', expected: !, identifier, or 'end of string'",
        "a in | unable to parse requirement: found '' expected: '('",
        "a in (b | unable to parse requirement: found '', expected: ',' or ')'",
        "a in (b c) | unable to parse requirement: found 'c', expected: ',' or ')'",
        "a in (=) | unable to parse requirement: found '=', expected: ',', ')' or identifier",
        "! | unable to parse requirement: found '', expected: identifier",
        "a b | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
        "a==!b | unable to parse requirement: found '!', expected: identifier",
        "a>b | unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt'"
            + " operators, the value must be an integer",
        "-a | unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of"
            + " alphanumeric characters, '-', '_' or '.', and must start and end with an"
            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
            + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        "a=b/c | unable to parse requirement: values[0][a]: Invalid value: \"b/c\": a valid label"
            + " must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
            + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value', "
            + " or '12345', regex used for validation is"
            + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      })
  void otherStringsAreRefusedInUpstreamsWords(String text, String message) {
    assertThatThrownBy(() -> LabelSelector.parse(text))
        .isInstanceOf(SelectorException.class)
        .hasMessage(message);
  }

  @Test
  void objectsAreRead() {
    Json object =
        Json.parse(
            """
            {"matchLabels": {"app": "web"}, "matchExpressions": [
              {"key": "tier", "operator": "In", "values": ["front", "back"]},
              {"key": "old", "operator": "DoesNotExist"},
              {"key": "app", "operator": "Exists"},
              {"key": "tier", "operator": "NotIn", "values": ["x"]}]}
            """);
    LabelSelector selector = LabelSelector.ofObject(object);
    assertThat(selector).hasToString("app=web,app,!old,tier in (back,front),tier notin (x)");
    assertThat(selector.matchesObject(JsonObject.of("metadata", JsonObject.of("labels", WEB))))
        .isTrue();
    assertThat(selector.requiredValue("app")).contains("web");
    assertThat(LabelSelector.ofObject(null).matches(WEB)).isFalse();
    assertThat(LabelSelector.ofObject(JsonObject.EMPTY).matches(WEB)).isTrue();
    assertThatThrownBy(() ->
            LabelSelector.ofObject(
                Json.parse("{\"matchExpressions\": [{\"key\":\"a\",\"operator\":\"in\"}]}")))
        .hasMessage("\"in\" is not a valid label selector operator");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | `` | true",
        "status.phase=Running | status.phase=Running | true",
        "status.phase==Running | status.phase=Running | true",
        "status.phase!=Running | status.phase!=Running | false",
        "spec.nodeName= | spec.nodeName= | true",
        "spec.nodeName!=n1,metadata.name=a\\,b\\=c | metadata.name=a\\,b\\=c,spec.nodeName!=n1 |"
            + " true",
        "spec.unschedulable=true | spec.unschedulable=true | true",
        "spec.port=80 | spec.port=80 | true",
      })
  void fieldSelectorsAreReadAndMatched(String text, String canonical, boolean matches) {
    JsonObject object =
        (JsonObject)
            Json.parse(
                """
                {"metadata": {"name": "a,b=c"}, "status": {"phase": "Running"},
                 "spec": {"unschedulable": true, "port": 80}}
                """);
    FieldSelector selector = FieldSelector.parse(text);
    assertThat(selector).hasToString(canonical);
    assertThat(selector.matches(object)).isEqualTo(matches);
    assertThat(FieldSelector.parse(selector.toString())).isEqualTo(selector);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abc | invalid selector: 'abc'; can't understand 'abc'",
        "a=b,cd | invalid selector: 'a=b,cd'; can't understand 'cd'",
        "a=b\\x | invalid field selector: invalid escape sequence: \\x",
        "a=b\\ | invalid field selector: invalid escape sequence: \\",
        "a=b=c | invalid field selector: unescaped character in value: 61",
      })
  void otherFieldSelectorsAreRefused(String text, String message) {
    assertThatThrownBy(() -> FieldSelector.parse(text))
        .isInstanceOf(SelectorException.class)
        .hasMessage(message);
  }

  @Test
  void anyTextIsReadOrRefused() {
    Random random = new Random(3);
    String[] words = {"a", "in", "notin", "=", "==", "!", "!=", "(", ")", ",", ">", "<", " ", "\\"};
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(10); n > 0; n--) {
        text.append(words[random.nextInt(words.length)]);
      }
      try {
        LabelSelector selector = LabelSelector.parse(text.toString());
        assertThat(LabelSelector.parse(selector.toString())).isEqualTo(selector);
      } catch (SelectorException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
      try {
        FieldSelector selector = FieldSelector.parse(text.toString());
        assertThat(FieldSelector.parse(selector.toString()).terms())
            .containsExactlyInAnyOrderElementsOf(selector.terms());
      } catch (SelectorException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
