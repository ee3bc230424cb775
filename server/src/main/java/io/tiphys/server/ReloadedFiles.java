package io.tiphys.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are taken up again when their contents change. What cannot be used is reported in the
 * log once, and what was taken up before stays in use until the files change again.
 */
final class ReloadedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadedFiles.class);

  private final List<Path> files;
  private final Runnable use;
  private List<ByteBuffer> seen;
  private String problem = "";

  /**
   * Remembers what the files hold now, which is in use already.
   *
   * @param use takes the files up; throws an unchecked exception if they are wrong
   * @throws ServerException if they cannot be read
   */
  ReloadedFiles(List<Path> files, Runnable use) {
    this.files = List.copyOf(files);
    this.use = use;
    try {
      this.seen = read();
    } catch (IOException e) {
      throw new ServerException("cannot read " + files + ": " + e, e);
    }
  }

  /**
   * Takes the files up if they have changed.
   *
   * @return whether new ones are in use
   */
  synchronized boolean reload() {
    try {
      List<ByteBuffer> now = read();
      if (now.equals(seen)) {
        return false;
      }
      seen = now;
      use.run();
      problem = "";
      LOG.info("{}: reloaded", files);
      return true;
    } catch (IOException | RuntimeException e) {
      if (!problem.equals(e.toString())) {
        problem = e.toString();
        LOG.error("{} cannot be used; the former contents stay in use: {}", files, problem);
      }
      return false;
    }
  }

  private List<ByteBuffer> read() throws IOException {
    List<ByteBuffer> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(ByteBuffer.wrap(Files.readAllBytes(file)));
    }
    return contents;
  }
}
