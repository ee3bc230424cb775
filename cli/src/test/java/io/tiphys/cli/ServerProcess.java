package io.tiphys.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code tiphys server} as a process of its own; its log is read while it runs. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern READY = Pattern.compile("Kubernetes API on https:[^:]+:(\\d+)");

  private final Process process;
  private final List<String> log = new ArrayList<>();
  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();

  private final Thread reader = Thread.ofVirtual().unstarted(this::read);

  private ServerProcess(Process process) {
    this.process = process;
    reader.start();
  }

  static ServerProcess start(Path dataDir, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.tiphys.cli.Tiphys",
                "server",
                "--data-dir=" + dataDir,
                "--bind-address=127.0.0.1",
                "--api-port=0"));
    command.addAll(List.of(more));
    return new ServerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (log) {
          log.add(line);
        }
        unread.add(line);
      }
    } catch (IOException e) {
      unread.add("the log ended: " + e);
    }
  }

  /** Waits until the server says that it is ready; returns its port. */
  int awaitReady() throws InterruptedException {
    Matcher matcher = READY.matcher("");
    do {
      matcher.reset(nextLine());
    } while (!matcher.find());
    return Integer.parseInt(matcher.group(1));
  }

  private String nextLine() throws InterruptedException {
    String line = unread.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (line == null) {
      throw new IllegalStateException("no further line from the server; its log: " + log());
    }
    return line;
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the server does not end; its log: " + log());
    }
    reader.join();
    return process.exitValue();
  }

  String log() {
    synchronized (log) {
      return String.join("\n", log);
    }
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM; the handle's way leaves the log open, the process's own does not. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
