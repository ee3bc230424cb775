package io.tiphys.store.embedded;

import java.nio.file.Path;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB, open, set up for one writer that never reads: little memory, and a write-ahead log whose
 * torn end is cut off when it is opened.
 */
final class Database implements AutoCloseable {
  private static final long MIB = 1 << 20;
  private static final long WRITE_BUFFER = 8 * MIB;

  private final LRUCache cache = new LRUCache(4 * MIB);
  private final TablePropertiesCollectorFactory compactDeletions =
      TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(1024, 512, 0.5);
  private final Options options = options();
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final RocksDB db;

  /** What to do with a record. */
  @FunctionalInterface
  interface RecordVisitor {
    void visit(byte[] key, byte[] value) throws RocksDBException;
  }

  Database(Path directory) throws RocksDBException {
    try {
      db = RocksDB.open(options, directory.toString());
    } catch (RocksDBException e) {
      closeOptions();
      throw e;
    }
  }

  private Options options() {
    BlockBasedTableConfig tables =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setBlockSize(16 << 10)
            .setCacheIndexAndFilterBlocks(true);
    Options all =
        new Options()
            .setCreateIfMissing(true)
            .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
            .setAvoidFlushDuringRecovery(true)
            .setWriteBufferSize(WRITE_BUFFER)
            .setMaxWriteBufferNumber(3)
            .setTargetFileSizeBase(2 * WRITE_BUFFER)
            .setMaxBytesForLevelBase(8 * WRITE_BUFFER)
            .setLevelCompactionDynamicLevelBytes(true)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setTableFormatConfig(tables)
            .setMaxBackgroundJobs(2)
            .setMaxOpenFiles(64)
            .setBytesPerSync(MIB)
            .setMaxManifestFileSize(MIB)
            .setManifestPreallocationSize(64 << 10)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2)
            .setMaxLogFileSize(MIB)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0)
            .setSkipStatsUpdateOnDbOpen(true);
    all.setTablePropertiesCollectorFactory(List.of(compactDeletions));
    return all;
  }

  /** Writes all of a batch or nothing, and has it on the disk when this returns. */
  void write(WriteBatch batch) throws RocksDBException {
    db.write(synced, batch);
  }

  byte[] get(byte[] key, byte[] otherwise) throws RocksDBException {
    byte[] found = db.get(key);
    return found == null ? otherwise : found;
  }

  /** Visits the records from a key on, as long as they have its first byte. */
  void scan(byte[] from, RecordVisitor visitor) throws RocksDBException {
    try (ReadOptions reading = new ReadOptions().setFillCache(false).setReadaheadSize(2 * MIB);
        RocksIterator iterator = db.newIterator(reading)) {
      for (iterator.seek(from); iterator.isValid(); iterator.next()) {
        byte[] key = iterator.key();
        if (key[0] != from[0]) {
          break;
        }
        visitor.visit(key, iterator.value());
      }
      iterator.status();
    }
  }

  @Override
  public void close() {
    db.close();
    closeOptions();
  }

  private void closeOptions() {
    synced.close();
    options.close();
    compactDeletions.close();
    cache.close();
  }
}
