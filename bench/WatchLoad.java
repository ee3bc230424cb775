import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Opens W watches and creates E ConfigMaps at 200 a second; prints how long each event took from
 * the create's start to each watcher: {@code java WatchLoad.java COLLECTION-URL TOKEN W E}. Half as
 * many creates come first and do not count, while server and client warm up.
 */
final class WatchLoad {
  private static final int CONNECTIONS = 24;
  private static final long PERIOD_NANOS = 5_000_000;
  private static final byte[] NAME = "\"name\":\"watched-".getBytes(StandardCharsets.US_ASCII);

  private final String collection;
  private final String token;
  private final HttpClient[] clients = new HttpClient[CONNECTIONS];
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLongArray sent;
  private final long[] latencies;
  private final int warming;
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  WatchLoad(String collection, String token, int watchers, int events) throws Exception {
    this.collection = collection;
    this.token = token;
    this.latencies = new long[watchers * events];
    this.warming = events / 2;
    this.sent = new AtomicLongArray(warming + events);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
    for (int i = 0; i < CONNECTIONS; i++) {
      clients[i] = HttpClient.newBuilder().sslContext(tls).executor(threads).build();
    }
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
    int watchers = Integer.parseInt(args[2]);
    int events = Integer.parseInt(args[3]);
    new WatchLoad(args[0], args[1], watchers, events).run(watchers, events);
    System.exit(0);
  }

  private void run(int watchers, int events) throws Exception {
    CountDownLatch open = new CountDownLatch(watchers);
    for (int i = 0; i < watchers; i++) {
      int client = i;
      threads.submit(() -> watch(client, open));
    }
    open.await();
    long start = System.nanoTime();
    for (int i = 0; i < warming + events; i++) {
      long wait = start + i * PERIOD_NANOS - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(Duration.ofNanos(wait));
      }
      int number = i;
      sent.set(number, System.nanoTime());
      threads.submit(() -> create(number));
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (received.get() < latencies.length && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    report(watchers, events, (System.nanoTime() - start - warming * PERIOD_NANOS) / 1e9);
  }

  private void report(int watchers, int events, double seconds) {
    int count = received.get();
    long[] sorted = Arrays.copyOf(latencies, count);
    Arrays.sort(sorted);
    System.out.printf(
        "watch, %d watchers x %d events: %.0f deliveries/s, p50 %.1f ms, p99 %.1f ms, lost %d,"
            + " failed creates %d%n",
        watchers,
        events,
        count / seconds,
        sorted[count / 2] / 1e6,
        sorted[(int) (count * 0.99)] / 1e6,
        latencies.length - count,
        failed.get());
  }

  private HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(URI.create(collection + query))
        .header("Authorization", "Bearer " + token);
  }

  private Void watch(int client, CountDownLatch open) throws Exception {
    HttpRequest request =
        request("?watch=1&resourceVersion=0&labelSelector=app%3Dwatched").build();
    clients[client % CONNECTIONS].send(
        request,
        head -> {
          open.countDown();
          return BodySubscribers.fromSubscriber(new Events());
        });
    return null;
  }

  /** Looks for events' names in what one watch receives; anything more would measure the client. */
  private final class Events implements Flow.Subscriber<List<ByteBuffer>> {
    private int matched;
    private int number;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
      for (ByteBuffer piece : pieces) {
        while (piece.hasRemaining()) {
          next(piece.get());
        }
      }
    }

    private void next(byte b) {
      if (matched < NAME.length) {
        matched = b == NAME[matched] ? matched + 1 : b == NAME[0] ? 1 : 0;
        number = 0;
      } else if (b == '"') {
        matched = 0;
        if (number >= warming) {
          latencies[received.getAndIncrement()] = System.nanoTime() - sent.get(number);
        }
      } else {
        number = 10 * number + b - '0';
      }
    }

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onComplete() {}
  }

  private Void create(int number) throws Exception {
    String body =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{"
            + "\"name\":\"watched-"
            + number
            + "\",\"labels\":{\"app\":\"watched\"}},\"data\":{\"k\":\""
            + "x".repeat(900)
            + "\"}}";
    HttpRequest request =
        request("")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    if (clients[number % CONNECTIONS].send(request, BodyHandlers.discarding()).statusCode()
        != 201) {
      failed.incrementAndGet();
    }
    return null;
  }

  /** The bench server's certificate is its own. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
