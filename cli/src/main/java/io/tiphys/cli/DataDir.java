package io.tiphys.cli;

import java.nio.file.Path;

/** Where data lies if nothing is said. */
final class DataDir {
  private DataDir() {}

  static Path standard() {
    return System.getProperty("user.name", "").equals("root")
        ? Path.of("/var/lib/tiphys")
        : Path.of(System.getProperty("user.home"), ".tiphys");
  }
}
