package io.tiphys.apiserver.bootstrap;

import io.tiphys.model.status.ApiException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs many small writes at once, so that the store can make them durable in one go. */
final class Together {
  private Together() {}

  /**
   * Returns when all are done.
   *
   * @throws ApiException the first failure
   */
  static void run(List<Runnable> tasks) {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("first-objects-", 0).factory())) {
      List<Future<?>> running = tasks.stream().<Future<?>>map(threads::submit).toList();
      for (Future<?> task : running) {
        task.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the first objects were made", e);
    }
  }
}
