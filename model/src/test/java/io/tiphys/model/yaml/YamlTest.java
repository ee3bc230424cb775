package io.tiphys.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonArray;
import io.tiphys.model.json.JsonBool;
import io.tiphys.model.json.JsonException;
import io.tiphys.model.json.JsonNull;
import io.tiphys.model.json.JsonNumber;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yes | true",
        "On | true",
        "n | false",
        "OFF | false",
        "True | true",
        "tRUE | \"tRUE\"",
        "~ | null",
        "null | null",
        "12 | 12",
        "-12 | -12",
        "+12 | 12",
        "0644 | 420",
        "0o644 | 420",
        "0x1F | 31",
        "0b101 | 5",
        "08 | 8",
        "1_000 | 1000",
        "9223372036854775807 | 9223372036854775807",
        "1.5 | 1.5",
        ".5 | 0.5",
        "3.0 | 3",
        "1e3 | 1000",
        "1.2.3 | \"1.2.3\"",
        "1Gi | \"1Gi\"",
        "2026-01-31 | \"2026-01-31\"",
        "2026-01-31T09:05:07Z | \"2026-01-31T09:05:07Z\"",
        "12:30:45 | \"12:30:45\"",
        "\"yes\" | \"yes\"",
        "'12' | \"12\"",
        "!!str 12 | \"12\"",
        "!!int \"12\" | 12",
        "!!float 12 | 12",
        "!!binary aGk= | \"hi\"",
        "!mine abc | \"abc\"",
        "- | [null]",
        "[a, 1, yes] | [\"a\",1,true]",
        "{a: 1, b: {c: [x]}} | {\"a\":1,\"b\":{\"c\":[\"x\"]}}",
        "{1: a, yes: b, 1.5: c} | {\"1\":\"a\",\"true\":\"b\",\"1.5\":\"c\"}",
        "{\"a\": 1, \"b\": null} | {\"a\":1,\"b\":null}",
      })
  void scalarsMeanWhatUpstreamTakesThemFor(String yaml, String json) {
    assertThat(YamlReader.parse(yaml)).isEqualTo(Json.parse(json));
  }

  @Test
  void anchorsAndMergesAreResolved() {
    String yaml =
        """
        base: &base
          image: nginx
          ports: [80]
        web:
          <<: *base
          image: httpd
        list: [*base, *base]
        """;
    assertThat(YamlReader.parse(yaml))
        .isEqualTo(
            Json.parse(
                """
                {"base": {"image": "nginx", "ports": [80]},
                 "web": {"image": "httpd", "ports": [80]},
                 "list": [{"image": "nginx", "ports": [80]}, {"image": "nginx", "ports": [80]}]}
                """));
  }

  @Test
  void documentsAreSeparated() {
    byte[] yaml = "# nothing\n---\na: 1\n---\n---\nb: 2\n...\n".getBytes(StandardCharsets.UTF_8);
    assertThat(YamlReader.readAll(yaml))
        .extracting(YamlReader.Result::value)
        .containsExactly(JsonObject.of("a", 1), JsonObject.of("b", 2));
    assertThat(YamlReader.parse("")).isEqualTo(JsonNull.NULL);
    assertThat(YamlReader.parse("a: 1\n---\nb: [")).isEqualTo(JsonObject.of("a", 1));
  }

  @Test
  void duplicatesAreReported() {
    YamlReader.Result result =
        YamlReader.read("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n".getBytes(StandardCharsets.UTF_8));
    assertThat(result.value()).isEqualTo(Json.parse("{\"a\":3,\"b\":{\"c\":2}}"));
    assertThat(result.duplicatesMessage())
        .isEqualTo(
            """
            yaml: unmarshal errors:
              line 4: key "c" already set in map
              line 5: key "a" already set in map\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: b: c | yaml: line 1: mapping values are not allowed here",
        "a: [1 | yaml: line 2: expected ',' or ']', but got <stream end>",
        "a: *x | yaml: unknown anchor 'x' referenced",
        "a: &x [*x] | yaml: anchor 'x' value contains itself",
        "a: .inf | json: unsupported value: .inf",
        "a: !!int x | yaml: line 1: cannot decode `x` as a !!int",
        "<<: 1 | yaml: line 1: map merge requires map or sequence of maps as the value",
        "{[a]: 1} | unsupported map key of type: array",
      })
  void otherTextsAreRefused(String yaml, String message) {
    assertThatThrownBy(() -> YamlReader.parse(yaml + "\n"))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void bombsAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 20; i++) {
      String alias = "*a" + (i - 1) + ",";
      bomb.append("a%d: &a%d [%s x]%n".formatted(i, i, alias.repeat(9)));
    }
    assertThatThrownBy(() -> YamlReader.parse(bomb.toString()))
        .isInstanceOf(JsonException.class)
        .hasMessage("yaml: document contains excessive aliasing");
    assertThatThrownBy(() -> YamlReader.parse("[".repeat(100_000)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("exceeded max depth");
    assertThatThrownBy(() -> YamlReader.read(new byte[] {'a', ':', ' ', (byte) 0xff}))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void objectsAreWrittenAsKubectlDoes() {
    Json tree =
        Json.parse(
            """
            {"kind": "ConfigMap", "apiVersion": "v1",
             "metadata": {"name": "x", "creationTimestamp": "2026-01-31T09:05:07Z",
               "labels": {"a10": "1", "a2": "true", "b": "x: y"}, "annotations": {}},
             "data": {"file.txt": "one\\ntwo\\n", "no-end": "one\\n  two", "ends": "a\\n\\n",
               "tab": "a\\tb", "space": " x", "empty": "", "star": "*", "dash": "- x", "ok": "a-b:c"},
             "list": [1, 1.5, null, true, [], {}, ["a", ["b", "c"]], {"a": 1, "b": [2]},
               "x\\ny"]}
            """);
    assertThat(YamlWriter.write(tree))
        .isEqualTo(
            """
            apiVersion: v1
            data:
              dash: '- x'
              empty: ""
              ends: |+
                a

              file.txt: |
                one
                two
              no-end: |-
                one
                  two
              ok: a-b:c
              space: ' x'
              star: '*'
              tab: "a\\tb"
            kind: ConfigMap
            list:
            - 1
            - 1.5
            - null
            - true
            - []
            - {}
            - - a
              - - b
                - c
            - a: 1
              b:
              - 2
            - |-
              x
              y
            metadata:
              annotations: {}
              creationTimestamp: "2026-01-31T09:05:07Z"
              labels:
                a2: "true"
                a10: "1"
                b: 'x: y'
              name: x
            """);
  }

  @Test
  void longLinesAreFolded() {
    String message =
        "Failed to pull image \"nope\": rpc error: code = NotFound desc = failed to pull and unpack"
            + " image \"docker.io/library/nope:latest\": failed to resolve reference";
    assertThat(YamlWriter.write(JsonObject.of("status", JsonObject.of("message", message))))
        .isEqualTo(
            """
            status:
              message: 'Failed to pull image "nope": rpc error: code = NotFound desc = failed
                to pull and unpack image "docker.io/library/nope:latest": failed to resolve reference'
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yes",
        "n",
        "null",
        "~",
        "1",
        "0x1",
        "1.5",
        "1e3",
        ".inf",
        "-.INF",
        "2026-01-31",
        "12:30",
        "<<",
        "- a",
        "-",
        "?",
        "a:",
        "a: b",
        "a #b",
        "#a",
        "'",
        "\"",
        "%a",
        "@a",
        "`a",
        "---",
        "...",
        "a\nb",
        "\n",
        "\n\n",
        " \n",
        "a \nb",
        "  a\nb",
        "\ta",
        "é",
        "\u0085",
        "\u2028",
        "\ufeff",
        "😀",
        "\u0000",
        "a\r\nb",
        "[a]",
        "{a}",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "key: |",
        "=",
        "a,b",
        "a?b",
        "1_000",
        "0o7",
        "+1",
        "1:2",
        "a'b",
        "x\\y"
      })
  void anyStringReadsBack(String text) {
    Json tree =
        JsonObject.of("a", text, "list", JsonArray.of(JsonString.of(text)))
            .with(text.isEmpty() ? "key" : text, JsonObject.of(text, 1));
    assertThat(YamlReader.parse(YamlWriter.write(tree))).isEqualTo(tree);
  }

  @Test
  void randomTreesReadBack() {
    Random random = new Random(4);
    for (int i = 0; i < 3_000; i++) {
      Json tree = JsonObject.of("root", tree(random, 4));
      String yaml = YamlWriter.write(tree);
      assertThat(YamlReader.parse(yaml)).as(yaml).isEqualTo(tree);
    }
  }

  private static Json tree(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> JsonNumber.of(random.nextLong());
      case 1 -> JsonBool.of(random.nextBoolean());
      case 2, 3 -> JsonString.of(text(random));
      case 4 -> {
        List<Json> items = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
          items.add(tree(random, depth - 1));
        }
        yield JsonArray.of(items);
      }
      default -> {
        JsonObject.Builder object = new JsonObject.Builder();
        for (int n = random.nextInt(4); n > 0; n--) {
          object.put(text(random), tree(random, depth - 1));
        }
        yield object.build();
      }
    };
  }

  private static String text(Random random) {
    String[] pieces = {
      "a", "b c", " ", "\n", ":", "#", "-", "1", "é", "'", "\"", ", ", "word word word ", "\\", "\t"
    };
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(25); n > 0; n--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  @Test
  void anyTextIsReadOrRefused() {
    Random random = new Random(5);
    String[] pieces = {
      "a",
      ": ",
      "- ",
      "\n",
      "  ",
      "[",
      "]",
      "{",
      "}",
      "&x ",
      "*x ",
      "!!int ",
      "'",
      "\"",
      "|",
      ">",
      "#",
      "---\n",
      "1",
      ",",
      "? ",
      "<<: ",
      "%YAML 1.1\n",
      "\t",
      "..."
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(30); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      try {
        YamlReader.readAll(text.toString().getBytes(StandardCharsets.UTF_8));
      } catch (JsonException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
