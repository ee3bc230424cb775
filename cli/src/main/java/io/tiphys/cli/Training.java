package io.tiphys.cli;

import io.tiphys.server.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What the AOT cache is trained on: a server's first start, then a second one as {@code tiphys
 * server}, which is used and stopped as users do it. So the cache holds the classes and profiles of
 * all of this. The argument is an empty folder to work in.
 */
public final class Training {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Training() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    List<String> options =
        List.of(
            "--data-dir=" + folder.resolve("data"),
            "--bind-address=127.0.0.1",
            "--api-port=0",
            "--token-auth-file=" + TrainingClient.writeToken(folder));
    ServerCommand first = new ServerCommand();
    new CommandLine(first).parseArgs(options.toArray(String[]::new));
    Logging.configure(LogFormat.text, "info");
    Path kubeconfig;
    try (ControlPlane plane = ControlPlane.start(first.options())) {
      kubeconfig = plane.kubeconfig();
    }
    Files.delete(kubeconfig);
    String[] second = Stream.concat(Stream.of("server"), options.stream()).toArray(String[]::new);
    Thread.ofPlatform().daemon().start(() -> Tiphys.run(second));
    try (TrainingClient client = new TrainingClient(address(kubeconfig))) {
      client.run();
    }
    System.exit(0); // stops the server as SIGTERM does
  }

  /** Waits for the kubeconfig, which the server writes when it is ready; returns its address. */
  private static String address(Path kubeconfig) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (Files.exists(kubeconfig)) {
        for (String line : Files.readAllLines(kubeconfig)) {
          if (line.strip().startsWith("server:")) {
            return line.substring(line.indexOf("https:")).replace("\"", "").strip();
          }
        }
      }
      Thread.sleep(10);
    }
    throw new IOException("the server did not start in time");
  }
}
