package io.tiphys.apiserver.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.admission.AdmissionRequest;
import io.tiphys.apiserver.admission.Hold;
import io.tiphys.apiserver.catalog.BuiltInKinds;
import io.tiphys.apiserver.componentstatus.ComponentStatuses;
import io.tiphys.apiserver.health.HealthCheck;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.rest.TestServer;
import io.tiphys.model.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plug-ins in a server: what clients see. */
class AdmissionOverHttpTest {
  private final AtomicReference<StoredObjects> objects = new AtomicReference<>();
  private final TestServer server =
      new TestServer(
          TestServer.Setup.PLAIN
              .with(
                  BuiltInKinds.behaviours(objects::get, InstantSource.system())
                      .and(
                          Behaviours.ofActions(
                              Map.of(
                                  "componentstatuses",
                                  new ComponentStatuses(
                                      List.of(
                                          HealthCheck.of("etcd-0", Optional::empty),
                                          HealthCheck.of(
                                              "scheduler", () -> Optional.of("gone"))))))))
              .with(
                  new AdmissionChain(
                      List.of(
                          new Late(NamespaceLifecycle::new),
                          new Late(PodTopologyLabels::new),
                          new Late(o -> new ResourceQuota(o, InstantSource.system()))))));

  AdmissionOverHttpTest() {
    objects.set(new StoredObjects(server.registry, server.catalog));
    server.post("/api/v1/namespaces", named("n"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A plug-in that is made when the server, whose objects it needs, is there. */
  private final class Late implements AdmissionPlugin {
    private final Function<StoredObjects, AdmissionPlugin> making;
    private final AtomicReference<AdmissionPlugin> made = new AtomicReference<>();

    Late(Function<StoredObjects, AdmissionPlugin> making) {
      this.making = making;
    }

    private synchronized AdmissionPlugin plugin() {
      if (made.get() == null) {
        made.set(making.apply(new StoredObjects(server.registry, server.catalog)));
      }
      return made.get();
    }

    @Override
    public String name() {
      return plugin().name();
    }

    @Override
    public boolean handles(AdmissionRequest request) {
      return plugin().handles(request);
    }

    @Override
    public JsonObject mutate(AdmissionRequest request, JsonObject object) {
      return plugin().mutate(request, object);
    }

    @Override
    public void validate(AdmissionRequest request) {
      plugin().validate(request);
    }

    @Override
    public Hold reserve(AdmissionRequest request) {
      return plugin().reserve(request);
    }
  }

  private static String named(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\"}}";
  }

  private void quota(String hard) {
    assertThat(
            server
                .post(
                    "/api/v1/namespaces/n/resourcequotas",
                    "{\"metadata\":{\"name\":\"q\"},\"spec\":{\"hard\":" + hard + "}}")
                .status())
        .isEqualTo(201);
  }

  private JsonObject quotaStatus() {
    return server.get("/api/v1/namespaces/n/resourcequotas/q").body().object("status");
  }

  @Test
  void namespacesMustExist() {
    TestServer.Answer answer = server.post("/api/v1/namespaces/x/configmaps", named("c"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.message()).isEqualTo("namespaces \"x\" not found");
  }

  @Test
  void quotasHoldUnderConcurrency() throws InterruptedException, ExecutionException {
    quota("{\"count/configmaps\":\"50\"}");
    List<Future<Integer>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      for (int i = 0; i < 128; i++) {
        all.add(
            threads.submit(() ->
                server
                    .post(
                        "/api/v1/namespaces/n/configmaps",
                        "{\"metadata\":{\"generateName\":\"c-\"}}")
                    .status()));
      }
    }
    int created = 0;
    for (Future<Integer> each : all) {
      assertThat(each.get()).isIn(201, 403);
      created += each.get() == 201 ? 1 : 0;
    }
    assertThat(created).isEqualTo(50);
    assertThat(server.get("/api/v1/namespaces/n/configmaps").body().array("items").size())
        .isEqualTo(50);
    assertThat(quotaStatus().object("used").string("count/configmaps")).isEqualTo("50");
  }

  @Test
  void whatIsRefusedOrDryConsumesNothing() {
    quota("{\"configmaps\":\"1\"}");
    String maps = "/api/v1/namespaces/n/configmaps";
    assertThat(server.post(maps + "?dryRun=All", named("c")).status()).isEqualTo(201);
    assertThat(server.post(maps, named("c")).status()).isEqualTo(201);
    assertThat(server.delete(maps + "/c").status()).isEqualTo(200);
    assertThat(server.post(maps, named("d")).status()).isEqualTo(201);
    TestServer.Answer full = server.post(maps, named("e"));
    assertThat(full.status()).isEqualTo(403);
    assertThat(full.message())
        .isEqualTo(
            "configmaps \"e\" is forbidden: exceeded quota: q, requested: configmaps=1, used:"
                + " configmaps=1, limited: configmaps=1");
    server.patch(
        "/api/v1/namespaces/n/resourcequotas/q",
        "merge",
        "{\"spec\":{\"hard\":{\"configmaps\":\"2\"}}}");
    assertThat(server.post(maps, named("d")).status()).isEqualTo(409);
    assertThat(quotaStatus())
        .isEqualTo(Admissions.json("{'hard':{'configmaps':'2'},'used':{'configmaps':'1'}}"));
  }

  @Test
  void bindingsPassAdmission() {
    server.post(
        "/api/v1/nodes",
        "{\"metadata\":{\"name\":\"n1\",\"labels\":{\"topology.kubernetes.io/zone\":\"z\"}}}");
    String pods = "/api/v1/namespaces/n/pods";
    assertThat(
            server
                .post(
                    pods,
                    "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\","
                        + "\"image\":\"i\"}]}}")
                .status())
        .isEqualTo(201);
    assertThat(
            server
                .post(
                    pods + "/p/binding",
                    "{\"metadata\":{\"name\":\"p\"},\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}")
                .status())
        .isEqualTo(201);
    assertThat(server.get(pods + "/p").metadata().object("labels"))
        .isEqualTo(Admissions.json("{'topology.kubernetes.io/zone':'z'}"));
  }

  @Test
  void componentsTellTheirHealth() {
    TestServer.Answer all = server.get("/api/v1/componentstatuses");
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.body().string("kind")).isEqualTo("ComponentStatusList");
    assertThat(all.raw().headers().allValues("warning"))
        .containsExactly("299 - \"v1 ComponentStatus is deprecated in v1.19+\"");
    assertThat(server.get("/api/v1/componentstatuses/scheduler").body().array("conditions"))
        .isEqualTo(
            Admissions.json("{'c':[{'type':'Healthy','status':'False','message':'gone'}]}")
                .array("c"));
    TestServer.Answer table =
        server.send(
            server
                .request("/api/v1/componentstatuses?fieldSelector=metadata.name%3Detcd-0")
                .setHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .GET());
    assertThat(table.body().array("rows").objects().map(row -> row.array("cells").toString()))
        .containsExactly("[\"etcd-0\",\"Healthy\",\"ok\",\"\"]");
    TestServer.Answer none = server.get("/api/v1/componentstatuses/x");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.message()).isEqualTo("componentstatuses \"x\" not found");
    assertThat(server.post("/api/v1/componentstatuses", named("x")).status()).isEqualTo(405);
  }
}
