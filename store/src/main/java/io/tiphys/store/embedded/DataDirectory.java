package io.tiphys.store.embedded;

import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The directory of a store: what lies where, its lock, and how much space there is. */
final class DataDirectory implements AutoCloseable {
  /** Enough for RocksDB to open, and to write a write buffer out. */
  private static final long NEEDED_BYTES = 24L << 20;

  private final Path path;
  private final DirectoryLock lock;

  /** Creates it if need be, and takes its lock. */
  DataDirectory(Path path) throws IOException {
    this.path = Files.createDirectories(path).toAbsolutePath().normalize();
    this.lock = DirectoryLock.take(this.path);
  }

  Path path() {
    return path;
  }

  Path database() {
    return path.resolve("rocksdb");
  }

  Path acknowledged() {
    return path.resolve("acknowledged");
  }

  /** Bytes that its files occupy. */
  long bytes() {
    return bytes(database().toFile());
  }

  private static long bytes(File directory) {
    File[] files = directory.listFiles();
    long sum = 0;
    if (files != null) {
      for (File file : files) {
        // 0 for a file that RocksDB has removed in the meantime.
        sum += file.length();
      }
    }
    return sum;
  }

  /** Fails unless there is space to work with. */
  void requireSpace() throws IOException {
    long free = free();
    if (free < NEEDED_BYTES) {
      throw new IOException(
          "%s is full: %d bytes are free, %d are needed. Free space on its file system; writes go on by themselves then"
              .formatted(path, free, NEEDED_BYTES));
    }
  }

  /** What a user should know of a failed write. */
  IOException failure(RocksDBException cause) {
    Status status = cause.getStatus();
    boolean full =
        (status != null && status.getSubCode() == Status.SubCode.NoSpace)
            || String.valueOf(cause.getMessage()).contains("No space left");
    String advice =
        full
            ? "Free space on its file system; writes go on by themselves then"
            : "Check the disk and the kernel's log; writes go on by themselves once they succeed";
    return new IOException(
        "%s cannot be written (%s), %d bytes are free. %s"
            .formatted(path, cause.getMessage(), free(), advice),
        cause);
  }

  /** Why RocksDB could not open or read the directory. */
  StoreException unreadable(RocksDBException cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("/LOCK")) {
      return DirectoryLock.inUse(path);
    }
    Status status = cause.getStatus();
    if (status != null && status.getCode() == Status.Code.Corruption) {
      return new StoreException(
          Kind.CORRUPT, path + " is damaged (" + message + "). Restore a backup.", cause);
    }
    return new StoreException(Kind.READ_ONLY, String.valueOf(failure(cause).getMessage()), cause);
  }

  private long free() {
    return path.toFile().getUsableSpace();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
