package io.tiphys.store.engine;

import io.tiphys.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Something for the writer to do, for which somebody waits. */
sealed interface Command {

  void fail(StoreException cause);

  /**
   * A change of the state.
   *
   * @param bytes its size, about
   */
  record Write<T>(Function<Draft, T> change, long bytes, CompletableFuture<T> done)
      implements Command {

    /**
     * Makes the change.
     *
     * @return tells who waits for it, once the draft is durable
     */
    Runnable apply(Draft draft) {
      try {
        T result = change.apply(draft);
        return () -> done.complete(result);
      } catch (StoreException refused) {
        return () -> fail(refused);
      }
    }

    @Override
    public void fail(StoreException cause) {
      done.completeExceptionally(cause);
    }
  }

  /** Anything else, done between batches of changes. */
  record Task(Runnable body, CompletableFuture<Void> done) implements Command {
    @Override
    public void fail(StoreException cause) {
      done.completeExceptionally(cause);
    }
  }
}
