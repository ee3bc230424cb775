package io.tiphys.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file with the last revision that was acknowledged, to tell a torn end of the write-ahead log,
 * which is cut off, from damage to what had been acknowledged, which is an error. It is written
 * after each batch and never synced: it survives the death of the process, and after a power loss
 * it may be behind, never ahead.
 */
final class Acknowledged implements AutoCloseable {
  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Long.BYTES);

  Acknowledged(Path path) throws IOException {
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** The revision; 0 if none is known. */
  long read() throws IOException {
    buffer.clear();
    return file.read(buffer, 0) < Long.BYTES ? 0 : buffer.getLong(0);
  }

  void write(long revision) throws IOException {
    buffer.clear();
    buffer.putLong(0, revision);
    file.write(buffer, 0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
