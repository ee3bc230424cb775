package io.tiphys.tests.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Throws mutated requests at a whole server: none may make it fail, hang or swell. The run repeats
 * itself; {@code -Dtiphys.fuzz.seed} makes another one, {@code -Dtiphys.fuzz.requests} a longer
 * one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ROUNDS = 4;
  private static final int SENDERS = 8;

  /** The right answer to a wish for a revision of the future. */
  private static final int TIMEOUT = 504;

  /** How much more the heap may hold after the run than after its first round. */
  private static final long GROWTH = 48L << 20;

  private final long seed = Long.getLong("tiphys.fuzz.seed", 20_261_121);
  private final int requests = Integer.getInteger("tiphys.fuzz.requests", 4_000);
  private TestServer server;
  private HttpClient client;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    server = TestServer.start(folder);
    client =
        HttpClient.newBuilder()
            .sslContext(server.tls())
            .version(HttpClient.Version.HTTP_2)
            .connectTimeout(PATIENCE)
            .build();
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void answersWhateverComes() throws Exception {
    List<FuzzSeeds.Seed> seeds = FuzzSeeds.all(server);
    Random random = new Random(seed);
    Mutator mutator = new Mutator(random);
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    Map<Integer, Integer> codes = new ConcurrentSkipListMap<>();
    long early = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
        for (int i = 0; i < requests / ROUNDS; i++) {
          FuzzSeeds.Seed mutated = mutator.mutate(seeds.get(random.nextInt(seeds.size())));
          senders.execute(() -> send(mutated, codes, failures));
        }
      }
      if (round == 0) {
        early = heap();
      }
    }
    assertThat(failures).as("seed %d", seed).isEmpty();
    assertThat(ready()).isEqualTo("ok");
    assertThat(heap() - early).isLessThan(GROWTH);
    // Damage that is too small or too large to matter would test nothing.
    assertThat(codes.keySet()).contains(200, 400, 404, 422);
  }

  private void send(
      FuzzSeeds.Seed mutated, Map<Integer, Integer> codes, Collection<String> failures) {
    HttpRequest request = request(mutated);
    if (request == null) {
      return;
    }
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      int code = answer.statusCode();
      codes.merge(code, 1, Integer::sum);
      if (code >= 500 && code != TIMEOUT) {
        failures.add(mutated + "\n" + code + " " + answer.body());
      }
    } catch (IOException e) {
      failures.add(mutated + "\n" + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The request, or null for one that this client refuses to send. */
  private @Nullable HttpRequest request(FuzzSeeds.Seed seed) {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(
                  java.net.URI.create("https://127.0.0.1:" + server.port() + seed.path()))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer admin-token")
              .method(seed.method(), HttpRequest.BodyPublishers.ofByteArray(seed.body()));
      if (!seed.contentType().isEmpty()) {
        builder.header("Content-Type", seed.contentType());
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private String ready() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                java.net.URI.create("https://127.0.0.1:" + server.port() + "/readyz"))
            .header("Authorization", "Bearer admin-token")
            .timeout(PATIENCE)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
