package io.tiphys.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.store.Event;
import io.tiphys.store.KeyValue;
import io.tiphys.store.Value;
import io.tiphys.store.engine.Changes;
import io.tiphys.store.engine.Commit;
import io.tiphys.store.engine.Lease;
import io.tiphys.store.engine.Restore;
import io.tiphys.store.engine.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recovery makes of a write that failed after it had reached the log. */
class RocksJournalTest {
  private static final long NOW = 1_000_000;

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private static KeyValue item(long revision, String text) {
    return new KeyValue("/a", Value.of(text.getBytes(UTF_8)), revision, revision, 1, 0);
  }

  private static Changes changes(KeyValue item, List<Lease> leases) {
    Event event = new Event(Event.Type.PUT, item, null);
    return new Changes(
        List.of(new Commit(item.modRevision(), NOW, List.of(event))), leases, List.of());
  }

  @Test
  void undoesWhatWasNotPublished() throws IOException {
    Lease kept = new Lease(1, 60_000, NOW + 60_000);
    Restore published = new Restore(0, NOW);
    published.lease(kept);
    published.commit(2, List.of(item(2, "published")));

    try (RocksJournal journal = RocksJournal.open(directory)) {
      journal.append(changes(item(2, "published"), List.of(kept)));
      Lease prolonged = new Lease(1, 60_000, NOW + 90_000);
      Lease granted = new Lease(2, 60_000, NOW + 60_000);
      journal.append(changes(item(3, "written but not published"), List.of(prolonged, granted)));

      journal.recover(published.state());

      journal.append(changes(item(3, "the real one"), List.of()));
    }
    try (RocksJournal journal = RocksJournal.open(directory)) {
      State state = journal.load(NOW);
      assertThat(state.revision()).isEqualTo(3);
      assertThat(state.keys().values())
          .extracting(found -> new String(found.value().bytes(), UTF_8))
          .containsExactly("the real one");
      assertThat(state.leases().values()).containsExactly(kept);
    }
  }
}
