package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Built-in kinds with their own rules, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BuiltInObjectsTest {
  private TestServer server;

  @BeforeAll
  void start() {
    server = new TestServer();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aDeploymentIsDefaultedAndChecked() {
    String all = "/apis/apps/v1/namespaces/n/deployments";
    TestServer.Answer created =
        server.post(
            all,
            """
            {"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{
            "metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
            """);
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    assertThat(created.body().object("spec").number("replicas", 0)).isEqualTo(1);
    assertThat(created.body().object("spec").object("strategy").string("type"))
        .isEqualTo("RollingUpdate");
    TestServer.Answer immutable =
        server.patch(
            all + "/d", "merge", "{\"spec\":{\"selector\":{\"matchLabels\":{\"x\":\"y\"}}}}");
    assertThat(immutable.status()).isEqualTo(422);
    assertThat(immutable.message())
        .contains("spec.selector: Invalid value: ", "field is immutable");
    TestServer.Answer wrong = server.post(all, "{\"metadata\":{\"name\":\"e\"}}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.message()).contains("spec.selector: Required value");
  }

  @Test
  void aNamespaceStaysUntilItIsFinalized() {
    TestServer.Answer created =
        server.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"going\"}}");
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    assertThat(created.body().object("spec").array("finalizers").strings())
        .containsExactly("kubernetes");
    TestServer.Answer deleted = server.delete("/api/v1/namespaces/going");
    assertThat(deleted.body().object("status").string("phase")).isEqualTo("Terminating");
    TestServer.Answer finalized =
        server.put(
            "/api/v1/namespaces/going/finalize",
            "{\"metadata\":{\"name\":\"going\"},\"spec\":{\"finalizers\":[]}}");
    assertThat(finalized.status()).as(finalized.message()).isEqualTo(200);
    assertThat(server.get("/api/v1/namespaces/going").status()).isEqualTo(404);
  }

  @Test
  void aBoundPodIsDeletedGracefully() {
    String pods = "/api/v1/namespaces/n/pods";
    TestServer.Answer created =
        server.post(
            pods,
            """
            {"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}
            """);
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    TestServer.Answer bound =
        server.post(
            pods + "/p/binding",
            "{\"metadata\":{\"name\":\"p\"},\"target\":{\"kind\":\"Node\",\"name\":\"node1\"}}");
    assertThat(bound.status()).as(bound.message()).isEqualTo(201);
    assertThat(
            server.get(pods + "?fieldSelector=spec.nodeName%3Dnode1").body().array("items").size())
        .isEqualTo(1);
    TestServer.Answer deleted = server.delete(pods + "/p");
    assertThat(deleted.metadata().number("deletionGracePeriodSeconds", 0)).isEqualTo(30);
    assertThat(server.delete(pods + "/p?gracePeriodSeconds=0").status()).isEqualTo(200);
    assertThat(server.get(pods + "/p").status()).isEqualTo(404);
  }

  @Test
  void anEventIsOneObjectInTwoGroups() {
    TestServer.Answer created =
        server.post(
            "/api/v1/namespaces/default/events",
            """
            {"metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p","namespace":"default"},
            "reason":"Because","type":"Normal","message":"m"}
            """);
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    TestServer.Answer other =
        server.get(
            "/apis/events.k8s.io/v1/namespaces/default/events?fieldSelector=regarding.name%3Dp");
    assertThat(other.body().array("items").size()).isEqualTo(1);
    assertThat(other.body().array("items").objects().findFirst().orElseThrow().string("note"))
        .isEqualTo("m");
  }

  @Test
  void newEventsOfTheirOwnGroupMustTellWhoReports() {
    String events = "/apis/events.k8s.io/v1/namespaces/default/events";
    String old =
        """
        {"metadata":{"name":"strict"},"regarding":{"kind":"Pod","name":"p","namespace":"default"},
        "reason":"Because","type":"Normal","note":"m","deprecatedCount":1}
        """;
    TestServer.Answer refused = server.post(events, old);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.message())
        .contains("eventTime: Required value", "count: Invalid value: \"\": needs to be unset");
    String time = "\"eventTime\":\"2026-01-02T03:04:05.678901Z\"";
    TestServer.Answer silent = server.post(events, old.replace("\"deprecatedCount\":1", time));
    assertThat(silent.message())
        .contains(
            "reportingController: Required value",
            "reportingInstance: Required value",
            "action: Required value");
    String complete =
        old.replace(
            "\"deprecatedCount\":1",
            time
                + ",\"action\":\"Act\","
                + "\"reportingController\":\"example.com/c\",\"reportingInstance\":\"c-1\"");
    TestServer.Answer created = server.post(events, complete);
    assertThat(created.status()).as(created.message()).isEqualTo(201);
    TestServer.Answer changed = server.patch(events + "/strict", "merge", "{\"note\":\"other\"}");
    assertThat(changed.status()).isEqualTo(422);
    assertThat(changed.message()).contains("message: Invalid value: \"other\": field is immutable");
    TestServer.Answer counted =
        server.patch(
            events + "/strict",
            "merge",
            "{\"series\":{\"count\":2,\"lastObservedTime\":\"2026-01-02T03:04:05.678901Z\"}}");
    assertThat(counted.status()).as(counted.message()).isEqualTo(200);
  }

  @Test
  void whatWasWrongBeforeDoesNotStopOtherChanges() {
    String path = "/api/v1/namespaces/n/services/1st";
    server.store(
        "/registry/services/specs/n/1st",
        """
        {"kind":"Service","apiVersion":"v1","metadata":{"name":"1st","namespace":"n","uid":"u",
        "creationTimestamp":"2020-01-01T00:00:00Z"},"spec":{"type":"ClusterIP",
        "sessionAffinity":"None","clusterIP":"None","clusterIPs":["None"],
        "externalIPs":["300.1.2.3"],"ports":[{"port":80,"targetPort":80,"protocol":"TCP"}]}}
        """);
    TestServer.Answer labelled =
        server.patch(path, "merge", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
    assertThat(labelled.status()).as(labelled.message()).isEqualTo(200);
    TestServer.Answer touched =
        server.patch(path, "merge", "{\"spec\":{\"externalIPs\":[\"300.1.2.4\"]}}");
    assertThat(touched.status()).isEqualTo(422);
    assertThat(touched.message()).contains("spec.externalIPs[0]: Invalid value: \"300.1.2.4\"");
  }
}
