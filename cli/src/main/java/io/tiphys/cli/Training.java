package io.tiphys.cli;

import io.tiphys.server.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What the AOT cache is trained on: the first and the second start of a server. */
public final class Training {
  private Training() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("tiphys-training");
    try {
      for (int round = 0; round < 2; round++) {
        ServerCommand command = new ServerCommand();
        new CommandLine(command)
            .parseArgs("--data-dir=" + folder, "--bind-address=127.0.0.1", "--api-port=0");
        Logging.configure(LogFormat.text, "info");
        ControlPlane.start(command.options()).close();
      }
    } finally {
      delete(folder);
    }
    System.exit(0);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
