package io.tiphys.apiserver.bootstrap;

import io.tiphys.apiserver.authorization.AggregatedRoles;
import io.tiphys.model.status.ApiException;
import io.tiphys.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the server's own objects in shape while it runs: aggregated roles follow their parts, and
 * the {@code kubernetes} service and the system namespaces come back if somebody deletes them.
 */
public final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** How late aggregated roles follow a change, at most. */
  private static final Duration ROLES = Duration.ofMillis(500);

  /** As often as upstream's controllers of these objects look after them. */
  private static final Duration SERVICE = Duration.ofSeconds(10);

  private static final Duration NAMESPACES = Duration.ofMinutes(1);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("upkeep").factory());

  private Upkeep() {}

  /** Begins to look after the objects, which {@link FirstObjects#run} has made. */
  public static Upkeep start(
      AggregatedRoles roles, KubernetesService service, FirstObjects objects) {
    Upkeep upkeep = new Upkeep();
    upkeep.every(ROLES, roles::reconcileIfChanged);
    upkeep.every(SERVICE, service::reconcile);
    upkeep.every(NAMESPACES, objects::namespaces);
    upkeep.every(NAMESPACES, objects::extensionAuthentication);
    return upkeep;
  }

  private void every(Duration period, Runnable work) {
    long millis = period.toMillis();
    var _ = thread.scheduleWithFixedDelay(() -> run(work), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** A failure is for the log: the next round tries again. */
  private static void run(Runnable work) {
    try {
      work.run();
    } catch (ApiException | StoreException e) {
      LOG.warn("the server's own objects could not be brought up to date", e);
    } catch (RuntimeException e) {
      LOG.error("a defect in the upkeep of the server's own objects", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
