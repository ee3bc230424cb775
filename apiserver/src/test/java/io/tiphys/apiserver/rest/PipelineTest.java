package io.tiphys.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.authorization.Verdict;
import io.tiphys.apiserver.pipeline.InFlight;
import io.tiphys.apiserver.resource.Action;
import io.tiphys.apiserver.resource.Behaviours;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What happens to requests before and after their verbs. */
final class PipelineTest {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
  private static final String REVIEW = "subjectaccessreviews.authorization.k8s.io";

  private static TestServer.Setup with(Action action) {
    return TestServer.Setup.PLAIN.with(Behaviours.ofActions(Map.of(REVIEW, action)));
  }

  @Test
  void whatIsNotAllowedIsForbiddenInUpstreamsWords() {
    try (TestServer server =
        new TestServer(
            TestServer.Setup.PLAIN.with(
                a -> a.verb().equals("create") ? Verdict.allow("") : Verdict.noOpinion("")))) {
      TestServer.Answer list = server.get("/apis/apps/v1/namespaces/n/deployments");
      assertThat(list.status()).isEqualTo(403);
      assertThat(list.message())
          .isEqualTo(
              "deployments.apps is forbidden: User \"tester\" cannot list resource"
                  + " \"deployments\" in API group \"apps\" in the namespace \"n\"");
      assertThat(server.get("/api/v1/nodes/x").message())
          .isEqualTo(
              "nodes \"x\" is forbidden: User \"tester\" cannot get resource \"nodes\" in API"
                  + " group \"\" at the cluster scope");
      assertThat(server.get("/secret/path").message())
          .isEqualTo("forbidden: User \"tester\" cannot get path \"/secret/path\"");
    }
  }

  @Test
  void unknownPathsAndGroupsAreNotFound() {
    try (TestServer server = new TestServer()) {
      for (String path : new String[] {"/nothing", "/apis/none/v1/things"}) {
        TestServer.Answer answer = server.get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(new String(answer.raw().body(), java.nio.charset.StandardCharsets.UTF_8))
            .isEqualTo("404 page not found\n");
      }
    }
  }

  @Test
  void defectsAreAnsweredAsInternalErrors() {
    Action broken =
        _ -> {
          throw new IllegalStateException("broken");
        };
    try (TestServer server = new TestServer(with(broken))) {
      TestServer.Answer answer = server.post(REVIEWS, "{\"spec\":{\"user\":\"u\"}}");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.reason()).isEqualTo("InternalError");
      assertThat(answer.message()).isEqualTo("Internal error occurred: broken");
    }
  }

  @Test
  void tooManyAtOnceAreTurnedAwayAndTooLongOnesGivenUp() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Action waiting =
        call -> {
          entered.countDown();
          try {
            leave.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return call.body();
        };
    try (TestServer server = new TestServer(with(waiting).with(new InFlight(1, 1)));
        ExecutorService threads = Executors.newFixedThreadPool(1)) {
      Future<TestServer.Answer> first =
          threads.submit(() -> server.post(REVIEWS + "?timeout=1s", "{\"spec\":{\"user\":\"u\"}}"));
      entered.await();
      TestServer.Answer second = server.post(REVIEWS, "{}");
      assertThat(second.status()).isEqualTo(429);
      assertThat(second.message()).isEqualTo("Too many requests, please try again later.");
      assertThat(second.raw().headers().firstValue("retry-after")).contains("1");
      assertThat(server.get("/api/v1/configmaps").status()).isEqualTo(200);
      assertThat(first.get().status()).isEqualTo(504);
      assertThat(first.get().message())
          .isEqualTo("Timeout: request did not complete within the allotted timeout");
      leave.countDown();
    }
  }
}
