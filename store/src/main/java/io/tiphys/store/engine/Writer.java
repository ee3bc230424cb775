package io.tiphys.store.engine;

import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes a store. It takes all changes that wait, builds the next state of
 * them, makes them durable with one call of the journal, publishes the state and answers. It is a
 * platform thread, because a journal blocks it in native code.
 */
final class Writer {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  /** Weight of the past in the mean time that a batch takes to write. */
  private static final int MEAN_OF = 8;

  private final Journal journal;
  private final LocalOptions options;
  private final BiConsumer<State, Changes> onPublished;
  private final CommandQueue queue = new CommandQueue();
  private final Thread thread;
  private long writingNanos;
  private volatile State state;
  private volatile boolean stopped;
  private volatile @Nullable String readOnly;

  Writer(
      Journal journal,
      State initial,
      LocalOptions options,
      BiConsumer<State, Changes> onPublished) {
    this.journal = journal;
    this.state = initial;
    this.options = options;
    this.onPublished = onPublished;
    this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The latest durable state. */
  State state() {
    return state;
  }

  /** Why writes are refused; null if they are not. */
  @Nullable String readOnly() {
    return readOnly;
  }

  boolean stopped() {
    return stopped;
  }

  /** Makes a change and waits until it is durable. */
  <T> T write(long bytes, Function<Draft, T> change) {
    return submit(new Command.Write<>(change, bytes, new CompletableFuture<>()));
  }

  /** Forgets history below a revision. */
  void compact(long revision) {
    runTask(() -> compactNow(revision));
  }

  /** Compacts what exceeds the limits, and tries to write again if the store is read-only. */
  void maintain() {
    if (readOnly != null) {
      runTask(this::recover);
    } else if (excess() > state.compacted()) {
      runTask(this::compactExcess);
    }
  }

  private void runTask(Runnable body) {
    submit(new Command.Task(body, new CompletableFuture<>()));
  }

  private <T> T submit(Command.Write<T> write) {
    return submit(write, write.done());
  }

  private void submit(Command.Task task) {
    submit(task, task.done());
  }

  private <T> T submit(Command command, CompletableFuture<T> done) {
    queue.add(command);
    if (stopped) {
      command.fail(closed());
    }
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException cause) {
        throw new StoreException(cause.kind(), String.valueOf(cause.getMessage()), cause);
      }
      throw new StoreException(Kind.UNAVAILABLE, "internal error: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          Kind.TIMEOUT, "interrupted while waiting for the disk; it may have been written", e);
    }
  }

  /** Ends the thread after the changes that wait, and fails what comes later. */
  void stop() {
    try {
      runTask(() -> stopped = true);
      thread.join();
    } catch (StoreException alreadyStopped) {
      LOG.debug("stopped twice", alreadyStopped);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopped) {
      try {
        step(queue.take());
      } catch (InterruptedException e) {
        LOG.warn("the store's writer ignores an interrupt", e);
      }
    }
    for (Command late = queue.poll(); late != null; late = queue.poll()) {
      late.fail(closed());
    }
  }

  private void step(Command first) throws InterruptedException {
    Command next = first;
    if (first instanceof Command.Write<?> write) {
      int limit = readOnly == null ? Integer.MAX_VALUE : 1;
      CommandQueue.Batch batch = queue.gather(write, limit, writingNanos);
      writeBatch(batch.writes());
      next = batch.next();
    }
    if (next instanceof Command.Task task) {
      runNow(task);
    }
  }

  private void writeBatch(List<Command.Write<?>> batch) {
    List<Runnable> answers = new ArrayList<>(batch.size());
    try {
      Draft draft = new Draft(state, options.clock().millis());
      for (Command.Write<?> write : batch) {
        answers.add(write.apply(draft));
      }
      Changes changes = draft.changes();
      if (!changes.isEmpty()) {
        requireWritable();
        append(changes);
        publish(draft.state(), changes);
      }
    } catch (StoreException e) {
      batch.forEach(write -> write.fail(e));
      return;
    } catch (RuntimeException | Error e) {
      LOG.error("a batch of changes failed; none of them is made", e);
      StoreException cause = new StoreException(Kind.UNAVAILABLE, "internal error: " + e, e);
      batch.forEach(write -> write.fail(cause));
      return;
    }
    answers.forEach(Runnable::run);
    if (excess() > state.compacted()) {
      runNow(new Command.Task(this::compactExcess, new CompletableFuture<>()));
    }
  }

  private static void runNow(Command.Task task) {
    try {
      task.body().run();
      task.done().complete(null);
    } catch (StoreException e) {
      task.fail(e);
    } catch (RuntimeException | Error e) {
      LOG.error("the store's housekeeping failed", e);
      task.fail(new StoreException(Kind.UNAVAILABLE, "internal error: " + e, e));
    }
  }

  private void publish(State next, Changes changes) {
    state = next;
    onPublished.accept(next, changes);
  }

  private void append(Changes changes) {
    long start = System.nanoTime();
    try {
      journal.append(changes);
      writingNanos += (System.nanoTime() - start - writingNanos) / MEAN_OF;
    } catch (IOException e) {
      throw becomeReadOnly(e);
    }
  }

  private long excess() {
    return options.history().excess(state, options.clock().millis());
  }

  private void compactExcess() {
    long cut = excess();
    if (cut > state.compacted() && readOnly == null) {
      compactNow(cut);
    }
  }

  private void compactNow(long revision) {
    State current = state;
    if (revision > current.revision()) {
      throw new StoreException(
          Kind.FUTURE_REVISION,
          "revision " + revision + " lies ahead of the latest, " + current.revision());
    }
    if (revision <= current.compacted()) {
      throw current.compacted(revision);
    }
    requireWritable();
    try {
      journal.compact(revision, current.forgotten(revision));
    } catch (IOException e) {
      throw becomeReadOnly(e);
    }
    state = current.forget(revision);
  }

  private StoreException becomeReadOnly(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    readOnly = message;
    LOG.error("The store refuses writes until its disk works again: {}", message, cause);
    return new StoreException(Kind.READ_ONLY, message, cause);
  }

  private void requireWritable() {
    String reason = readOnly;
    if (reason != null) {
      throw new StoreException(Kind.READ_ONLY, reason);
    }
  }

  private void recover() {
    if (readOnly == null) {
      return;
    }
    try {
      journal.recover(state);
      readOnly = null;
      LOG.info("The store accepts writes again, at revision {}.", state.revision());
    } catch (IOException e) {
      readOnly = String.valueOf(e.getMessage());
      LOG.debug("still read-only", e);
    }
  }

  static StoreException closed() {
    return new StoreException(Kind.UNAVAILABLE, "the store is closed");
  }
}
