package io.tiphys.store.embedded;

import io.tiphys.store.StoreException;
import io.tiphys.store.engine.LocalOptions;
import io.tiphys.store.engine.LocalStore;
import io.tiphys.store.engine.State;
import java.nio.file.Path;

/**
 * A store in a directory of this machine. What it has acknowledged is on the disk; all live values
 * are in memory. A directory belongs to one process at a time.
 */
public final class EmbeddedStore extends LocalStore {

  private EmbeddedStore(RocksJournal journal, State state, LocalOptions options) {
    super(journal, state, options);
  }

  /** Opens a directory with the standard options. */
  public static EmbeddedStore open(Path directory) {
    return open(directory, LocalOptions.standard());
  }

  /**
   * Opens a directory; creates it if it does not exist.
   *
   * @throws StoreException {@code UNAVAILABLE} if another process uses it, {@code CORRUPT} if what
   *     was acknowledged is damaged, {@code READ_ONLY} if it cannot be written
   */
  public static EmbeddedStore open(Path directory, LocalOptions options) {
    RocksJournal journal = RocksJournal.open(directory);
    try {
      return new EmbeddedStore(journal, journal.load(options.clock().millis()), options);
    } catch (StoreException e) {
      journal.close();
      throw e;
    }
  }
}
