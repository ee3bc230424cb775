package io.tiphys.generator;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Tells whether output is newer than the generator itself. Its other inputs are artifacts of fixed
 * versions, whose change is a change of the build files and so calls for a clean build.
 */
final class Stamp {
  private final Path file;

  /** The stamp lies beside the directory of the output. */
  Stamp(Path directory) {
    file = directory.resolveSibling(directory.getFileName() + ".stamp");
  }

  boolean isFresh() throws IOException {
    return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(newestInput()) > 0;
  }

  void set() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, "");
  }

  private static FileTime newestInput() throws IOException {
    try (Stream<Path> files = Files.walk(codeSource())) {
      return files
          .map(Stamp::modified)
          .max(Comparator.naturalOrder())
          .orElse(FileTime.fromMillis(0));
    }
  }

  private static Path codeSource() {
    try {
      return Path.of(Stamp.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the generator's own classes have no path", e);
    }
  }

  private static FileTime modified(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read the time of " + path, e);
    }
  }
}
