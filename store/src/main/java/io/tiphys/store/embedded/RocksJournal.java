package io.tiphys.store.embedded;

import io.tiphys.store.Event;
import io.tiphys.store.KeyValue;
import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import io.tiphys.store.engine.Changes;
import io.tiphys.store.engine.Commit;
import io.tiphys.store.engine.Journal;
import io.tiphys.store.engine.Lease;
import io.tiphys.store.engine.Restore;
import io.tiphys.store.engine.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal in RocksDB; see {@link Records} for what lies there. */
final class RocksJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(RocksJournal.class);

  private final DataDirectory directory;
  private final Acknowledged acknowledged;
  private @Nullable Database database;

  private RocksJournal(DataDirectory directory) throws IOException, RocksDBException {
    this.directory = directory;
    this.acknowledged = new Acknowledged(directory.acknowledged());
    this.database = new Database(directory.database());
  }

  /** Opens a directory; see {@link EmbeddedStore#open} for its errors. */
  static RocksJournal open(Path path) {
    try {
      DataDirectory directory = new DataDirectory(path);
      try {
        NativeLibrary.load(directory.path());
        return new RocksJournal(directory);
      } catch (RocksDBException e) {
        directory.close();
        throw directory.unreadable(e);
      } catch (IOException e) {
        directory.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException(Kind.READ_ONLY, path + " cannot be used: " + e, e);
    }
  }

  /**
   * Reads everything.
   *
   * @throws StoreException {@code CORRUPT} if what was acknowledged is not there
   */
  State load(long nowMillis) {
    try {
      Database db = database();
      requireKnownFormat(db);
      byte[] none = Records.number(0);
      Restore restore = new Restore(Records.number(db.get(Records.COMPACTED, none)), nowMillis);
      db.scan(new byte[] {Records.LEASE}, (key, value) -> restore.lease(Records.lease(key, value)));
      readCommits(db, restore);
      State state = restore.state();
      requireAcknowledged(state.revision());
      return state;
    } catch (RocksDBException e) {
      throw directory.unreadable(e);
    } catch (IOException e) {
      throw new StoreException(Kind.READ_ONLY, directory.path() + " cannot be used: " + e, e);
    }
  }

  private void requireAcknowledged(long found) throws IOException {
    long expected = acknowledged.read();
    if (found < expected) {
      throw new StoreException(
          Kind.CORRUPT,
          """
          %s has lost the acknowledged revisions %d to %d: its write-ahead log is damaged. \
          Restore a backup, or delete %s to go on from revision %d.\
          """
              .formatted(directory.path(), found + 1, expected, directory.acknowledged(), found));
    }
  }

  private void requireKnownFormat(Database db) throws RocksDBException {
    byte[] absent = Records.number(0);
    long format = Records.number(db.get(Records.FORMAT, absent));
    if (format > Records.CURRENT_FORMAT) {
      throw new StoreException(
          Kind.UNAVAILABLE,
          "%s was written by a newer version (format %d, known is %d)"
              .formatted(directory.path(), format, Records.CURRENT_FORMAT));
    }
    if (format == 0) {
      try (WriteBatch batch = new WriteBatch()) {
        batch.put(Records.FORMAT, Records.number(Records.CURRENT_FORMAT));
        db.write(batch);
      }
    }
  }

  private static void readCommits(Database db, Restore restore) throws RocksDBException {
    List<Records.Change> changes = new ArrayList<>();
    db.scan(
        new byte[] {Records.EVENT},
        (key, value) -> {
          Records.Change change = Records.change(key, value);
          if (!changes.isEmpty()
              && changes.getFirst().item().modRevision() != change.item().modRevision()) {
            restore(restore, changes);
          }
          changes.add(change);
        });
    if (!changes.isEmpty()) {
      restore(restore, changes);
    }
  }

  private static void restore(Restore restore, List<Records.Change> changes) {
    changes.sort(Comparator.comparingInt(Records.Change::index));
    List<KeyValue> items = changes.stream().map(Records.Change::item).toList();
    restore.commit(items.getFirst().modRevision(), items);
    changes.clear();
  }

  @Override
  public void append(Changes changes) throws IOException {
    write(batch -> {
      for (Commit commit : changes.commits()) {
        int index = 0;
        for (Event event : commit.events()) {
          KeyValue item = event.current();
          batch.put(Records.eventKey(commit.revision(), item.key()), Records.event(index, item));
          index++;
        }
      }
      for (Lease lease : changes.leases()) {
        batch.put(Records.leaseKey(lease.id()), Records.lease(lease));
      }
      for (long lease : changes.endedLeases()) {
        batch.delete(Records.leaseKey(lease));
      }
    });
    if (!changes.commits().isEmpty()) {
      acknowledge(changes.commits().getLast().revision());
    }
  }

  private void acknowledge(long revision) {
    try {
      acknowledged.write(revision);
    } catch (IOException e) {
      // The changes are durable; a mark that lags behind only detects less.
      LOG.warn("cannot write {}", directory.acknowledged(), e);
    }
  }

  @Override
  public void compact(long revision, List<Commit> forgotten) throws IOException {
    write(batch -> {
      batch.put(Records.COMPACTED, Records.number(revision));
      for (Commit commit : forgotten) {
        for (Event event : commit.events()) {
          KeyValue previous = event.previous();
          if (previous != null) {
            batch.delete(Records.eventKey(previous.modRevision(), previous.key()));
          }
          if (event.type() == Event.Type.DELETE) {
            batch.delete(Records.eventKey(commit.revision(), event.current().key()));
          }
        }
      }
    });
  }

  @Override
  public void recover(State state) throws IOException {
    directory.requireSpace();
    closeDatabase();
    try {
      database = new Database(directory.database());
    } catch (RocksDBException e) {
      throw directory.failure(e);
    }
    write(batch -> undoUnpublished(database(), state, batch));
  }

  /** Removes what a write that failed may have left in the log, and which nobody was promised. */
  private static void undoUnpublished(Database db, State state, WriteBatch batch)
      throws RocksDBException {
    db.scan(Records.eventKey(state.revision() + 1, ""), (key, value) -> batch.delete(key));
    db.scan(new byte[] {Records.LEASE}, (key, value) -> batch.delete(key));
    for (Lease lease : state.leases().values()) {
      batch.put(Records.leaseKey(lease.id()), Records.lease(lease));
    }
  }

  /** Fills a batch. */
  @FunctionalInterface
  private interface Filler {
    void fill(WriteBatch batch) throws RocksDBException, IOException;
  }

  private void write(Filler filler) throws IOException {
    try (WriteBatch batch = new WriteBatch()) {
      filler.fill(batch);
      database().write(batch);
    } catch (RocksDBException e) {
      throw directory.failure(e);
    }
  }

  private Database database() throws IOException {
    Database open = database;
    if (open == null) {
      throw new IOException(directory.path() + " is not open");
    }
    return open;
  }

  @Override
  public long diskBytes() {
    return directory.bytes();
  }

  private void closeDatabase() {
    Database open = database;
    database = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    closeDatabase();
    try {
      acknowledged.close();
      directory.close();
    } catch (IOException e) {
      LOG.warn("cannot release {}", directory.path(), e);
    }
  }
}
