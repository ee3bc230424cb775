package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.catalog.NamedGroups;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.resource.Strategy;
import io.tiphys.model.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Kinds of named groups, as a client of the server sees them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamedKindsTest {
  private static final String POD =
      "{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}],\"restartPolicy\":\"%s\"}";

  private TestServer server;

  @BeforeAll
  void start() {
    Behaviours all = Behaviours.NONE;
    for (Map.Entry<String, Map<String, Strategy>> group :
        NamedGroups.strategies(InstantSource.system()).entrySet()) {
      all = all.and(Behaviours.ofStrategies(group.getKey(), group.getValue()));
    }
    server = new TestServer(TestServer.Setup.PLAIN.with(all));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void selectorOfAJobIsMadeOfItsUidAndName() {
    TestServer.Answer created =
        server.post(
            "/apis/batch/v1/namespaces/default/jobs",
            """
            {"metadata":{"generateName":"pi-"},"spec":{"template":{"spec":%s}}}
            """
                .formatted(POD.formatted("Never")));
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    String uid = created.metadata().string("uid");
    JsonObject spec = created.body().object("spec");
    assertThat(spec.object("selector").object("matchLabels").strings())
        .containsExactlyEntriesOf(Map.of("batch.kubernetes.io/controller-uid", uid));
    assertThat(spec.object("template").object("metadata").object("labels").strings())
        .containsEntry("job-name", created.metadata().string("name"))
        .containsEntry("controller-uid", uid);
  }

  @Test
  void oldDeploymentIsReadInTodaysVersionAndItsSelectorStays() {
    TestServer.Answer created =
        server.post(
            "/apis/extensions/v1beta1/namespaces/default/deployments",
            """
            {"metadata":{"name":"my-nginx"},"spec":{"template":{"metadata":{"labels":
            {"run":"my-nginx"}},"spec":%s}}}
            """
                .formatted(POD.formatted("Always")));
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    assertThat(created.body().string("apiVersion")).isEqualTo("extensions/v1beta1");
    assertThat(created.metadata().number("generation", 0)).isEqualTo(1);
    TestServer.Answer changed =
        server.patch(
            "/apis/apps/v1/namespaces/default/deployments/my-nginx",
            "merge",
            """
            {"spec":{"selector":{"matchLabels":{"run":"x"}},"template":{"metadata":{"labels":
            {"run":"x"}}}}}
            """);
    assertThat(changed.status()).isEqualTo(422);
    assertThat(changed.message())
        .isEqualTo(
            "Deployment.apps \"my-nginx\" is invalid: spec.selector: Invalid value:"
                + " {\"matchLabels\":{\"run\":\"x\"}}: field is immutable");
  }
}
