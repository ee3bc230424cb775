package io.tiphys.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program run to its end.
 *
 * @param exit its exit code
 */
record Command(List<String> line, int exit, String out, String err) {
  private static final int SECONDS = 60;

  /**
   * Runs a program with the given text on its standard input.
   *
   * @param environment added to this process's own
   * @throws IllegalStateException if it takes more than a minute
   */
  static Command run(
      Path folder, Map<String, String> environment, String input, List<String> line) {
    try {
      Path in = Files.createTempFile(folder, "in", "");
      Path out = Files.createTempFile(folder, "out", "");
      Path err = Files.createTempFile(folder, "err", "");
      Files.writeString(in, input);
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .directory(folder.toFile())
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new IllegalStateException(
            line + " took more than " + SECONDS + " s: " + read(out) + read(err));
      }
      return new Command(line, process.exitValue(), read(out), read(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return String.join(" ", line) + " -> " + exit + "\n" + out + err;
  }
}
