package io.tiphys.store.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tiphys.store.StoreException;
import io.tiphys.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a directory to one process: a locked file that names it. */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel file;

  private DirectoryLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Takes the lock.
   *
   * @throws StoreException {@code UNAVAILABLE} if another process has it
   */
  static DirectoryLock take(Path directory) throws IOException {
    Path path = directory.resolve("lock");
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(file) == null) {
      file.close();
      throw inUse(directory);
    }
    byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(US_ASCII);
    file.truncate(0);
    file.write(ByteBuffer.wrap(pid), 0);
    return new DirectoryLock(file);
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Tells that another process has a directory. */
  static StoreException inUse(Path directory) {
    return new StoreException(
        Kind.UNAVAILABLE,
        directory
            + " is in use by "
            + owner(directory)
            + "; stop that first, or choose another directory");
  }

  private static String owner(Path directory) {
    try {
      return "process " + Files.readString(directory.resolve("lock"), US_ASCII).strip();
    } catch (IOException e) {
      return "another process (" + e.getMessage() + ")";
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
