package io.tiphys.model.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

  /** The examples of RFC 7396, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":\"b\"} | {\"a\":\"c\"} | {\"a\":\"c\"}",
        "{\"a\":\"b\"} | {\"b\":\"c\"} | {\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"} | {\"a\":null} | {}",
        "{\"a\":\"b\",\"b\":\"c\"} | {\"a\":null} | {\"b\":\"c\"}",
        "{\"a\":[\"b\"]} | {\"a\":\"c\"} | {\"a\":\"c\"}",
        "{\"a\":\"c\"} | {\"a\":[\"b\"]} | {\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}} | {\"a\":{\"b\":\"d\",\"c\":null}} | {\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]} | {\"a\":[1]} | {\"a\":[1]}",
        "[\"a\",\"b\"] | [\"c\",\"d\"] | [\"c\",\"d\"]",
        "{\"a\":\"b\"} | [\"c\"] | [\"c\"]",
        "{\"a\":\"foo\"} | null | null",
        "{\"a\":\"foo\"} | \"bar\" | \"bar\"",
        "{\"e\":null} | {\"a\":1} | {\"e\":null,\"a\":1}",
        "[1,2] | {\"a\":\"b\",\"c\":null} | {\"a\":\"b\"}",
        "{} | {\"a\":{\"bb\":{\"ccc\":null}}} | {\"a\":{\"bb\":{}}}",
      })
  void mergesAsTheRfcShows(String target, String patch, String result) {
    assertThat(MergePatch.merge(Json.parse(target), Json.parse(patch)))
        .isEqualTo(Json.parse(result));
  }

  @Test
  void aPatchThatChangesNothingReturnsTheSameTree() {
    JsonObject target = (JsonObject) Json.parse("{\"a\":{\"b\":[1,2]},\"c\":1}");
    assertThat(MergePatch.apply(target, Json.parse("{\"a\":{\"b\":[1,2],\"x\":null}}")))
        .isSameAs(target);
  }

  @Test
  void onlyObjectsPatchObjects() {
    assertThatThrownBy(() -> MergePatch.apply(JsonObject.EMPTY, Json.parse("[]")))
        .isInstanceOf(PatchException.class);
  }

  @Test
  void diffTurnsOneIntoTheOther() {
    JsonObject from = (JsonObject) Json.parse("{\"a\":{\"b\":1,\"c\":2},\"d\":[1],\"e\":1}");
    JsonObject to = (JsonObject) Json.parse("{\"a\":{\"b\":1,\"x\":3},\"d\":[2],\"f\":{}}");
    JsonObject patch = MergePatch.diff(from, to);
    assertThat(patch)
        .isEqualTo(Json.parse("{\"a\":{\"c\":null,\"x\":3},\"d\":[2],\"e\":null,\"f\":{}}"));
    assertThat(MergePatch.apply(from, patch)).isEqualTo(to);
  }
}
