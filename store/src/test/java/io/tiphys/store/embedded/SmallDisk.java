package io.tiphys.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory of a given size. Mounting it needs root. */
final class SmallDisk implements AutoCloseable {
  private final Path path;

  SmallDisk(Path path, String size) throws IOException {
    this.path = Files.createDirectories(path);
    run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString());
  }

  static boolean possible() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** Occupies all that is free but some bytes, while others take and give space. */
  Path fill(String name, long leave) throws IOException {
    Path filler = path.resolve(name);
    IOException failure = new IOException("no attempt");
    for (int attempt = 0; attempt < 20; attempt++) {
      long bytes = path.toFile().getUsableSpace() - leave;
      if (bytes <= 0) {
        Files.deleteIfExists(filler);
        return Files.createFile(filler);
      }
      try {
        run("fallocate", "-l", String.valueOf(bytes), filler.toString());
        return filler;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(List.of(command) + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    run("umount", path.toString());
  }
}
