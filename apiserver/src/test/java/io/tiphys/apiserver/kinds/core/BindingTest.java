package io.tiphys.apiserver.kinds.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.model.json.Json;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.status.ApiException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class BindingTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));
  private static final GroupResource PODS = new GroupResource("", "pods");

  private final FakeRegistry registry = new FakeRegistry();
  private final Action action = CoreKinds.actions(registry::stored, CLOCK).get("pods/binding");

  private JsonObject bind(String body, boolean dryRun) {
    JsonObject binding = (JsonObject) Json.parse(body);
    return action.call(Calls.create(registry, PODS, "ns", "p", binding, dryRun));
  }

  private void pod(String spec) {
    registry.put(
        "",
        "pods",
        "{\"metadata\":{\"name\":\"p\",\"namespace\":\"ns\",\"labels\":{\"a\":\"b\"}},\"spec\":"
            + spec
            + ",\"status\":{\"nominatedNodeName\":\"n0\"}}");
  }

  @Test
  void assignsThePodAndJoinsMetadata() {
    pod("{}");
    JsonObject answer =
        bind(
            """
            {"metadata": {"name": "p", "annotations": {"x": "y"}, "labels": {"zone": "eu"}},
             "target": {"kind": "Node", "name": "n1"}}
            """,
            false);
    assertThat(answer.number("code", 0)).isEqualTo(201);
    JsonObject pod = registry.get("", "pods", "ns", "p");
    assertThat(pod.object("spec").string("nodeName")).isEqualTo("n1");
    assertThat(pod.object("metadata").object("annotations").string("x")).isEqualTo("y");
    assertThat(pod.object("metadata").object("labels").strings())
        .containsEntry("a", "b")
        .containsEntry("zone", "eu");
    assertThat(pod.object("status"))
        .isEqualTo(
            Json.parse(
                """
                {"conditions": [{"type": "PodScheduled", "status": "True",
                  "lastTransitionTime": "2026-03-01T10:00:00Z"}]}
                """));
  }

  @Test
  void refusesAPodThatIsBound() {
    pod("{\"nodeName\":\"n0\"}");
    assertThatThrownBy(() -> bind("{\"target\":{\"name\":\"n1\"}}", false))
        .hasMessage(
            "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node"
                + " \"n0\"")
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(409));
  }

  @Test
  void refusesAPodBehindAGate() {
    pod("{\"schedulingGates\":[{\"name\":\"g\"}]}");
    assertThatThrownBy(() -> bind("{\"target\":{\"name\":\"n1\"}}", false))
        .hasMessageContaining("pod p has non-empty .spec.schedulingGates");
  }

  @Test
  void refusesAnotherPodOfTheSameName() {
    pod("{}");
    assertThatThrownBy(
            () -> bind("{\"metadata\":{\"uid\":\"other\"},\"target\":{\"name\":\"n1\"}}", false))
        .hasMessageContaining("Precondition failed: UID in precondition: other");
  }

  @Test
  void refusesABadTarget() {
    pod("{}");
    assertThatThrownBy(() -> bind("{\"target\":{\"kind\":\"Moon\"}}", false))
        .hasMessage(
            "Binding \"p\" is invalid: [target.kind: Unsupported value: \"Moon\": supported values:"
                + " \"Node\", \"<empty>\", target.name: Required value]");
    assertThatThrownBy(
            () -> bind("{\"metadata\":{\"name\":\"q\"},\"target\":{\"name\":\"n1\"}}", false))
        .hasMessage("name in URL does not match name in Binding object");
  }

  @Test
  void aDryRunChangesNothing() {
    pod("{}");
    bind("{\"target\":{\"name\":\"n1\"}}", true);
    assertThat(registry.get("", "pods", "ns", "p").object("spec").has("nodeName")).isFalse();
  }
}
