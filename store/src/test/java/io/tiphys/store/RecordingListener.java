package io.tiphys.store;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps what a watch reports. */
public final class RecordingListener implements WatchListener {

  /** One call. */
  public record Call(long revision, List<Event> events) {}

  private final List<Call> calls = new ArrayList<>();
  private final AtomicLong reached = new AtomicLong();
  private final AtomicReference<@Nullable StoreException> end = new AtomicReference<>();

  @Override
  public void onEvents(long revision, List<Event> events) {
    synchronized (calls) {
      calls.add(new Call(revision, List.copyOf(events)));
    }
    reached.set(revision);
  }

  @Override
  public void onEnd(StoreException cause) {
    end.set(cause);
  }

  public List<Call> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  public List<Event> events() {
    List<Event> all = new ArrayList<>();
    calls().forEach(call -> all.addAll(call.events()));
    return all;
  }

  /** The events as {@code "PUT key@revision"}. */
  public List<String> lines() {
    return events().stream()
        .map(event -> event.type() + " " + event.current().key() + "@" + event.revision())
        .toList();
  }

  public RecordingListener awaitRevision(long revision) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> reached.get() >= revision || end.get() != null);
    return this;
  }

  public StoreException awaitEnd() {
    await().pollInterval(Duration.ofMillis(2)).until(() -> end.get() != null);
    StoreException cause = end.get();
    if (cause == null) {
      throw new IllegalStateException("no end");
    }
    return cause;
  }

  public boolean ended() {
    return end.get() != null;
  }
}
