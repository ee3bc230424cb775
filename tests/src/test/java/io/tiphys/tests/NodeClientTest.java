package io.tiphys.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The official JavaScript client, as {@code npm} installs it: {@code src/test/node/scenario.mjs}.
 */
@ExtendWith(SharedCluster.class)
class NodeClientTest {
  private static final Path SOURCES = Path.of("src/test/node");
  private static final Path INSTALLED = Path.of("target/node");

  /** Installed once; {@code target} keeps it for the next run. */
  @BeforeAll
  static void install() throws Exception {
    Files.createDirectories(INSTALLED);
    for (String file : new String[] {"package.json", "package-lock.json", "scenario.mjs"}) {
      Files.copy(
          SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(INSTALLED.resolve("node_modules/@kubernetes/client-node"))) {
      run(new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    }
  }

  private static String run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.directory(INSTALLED.toFile()).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(output).isTrue();
      assertThat(process.exitValue()).as(output).isZero();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void runsTheScenario(Cluster cluster) throws Exception {
    ProcessBuilder scenario =
        new ProcessBuilder("node", "scenario.mjs", cluster.newNamespace("node"));
    scenario.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
    assertThat(run(scenario)).endsWith("done\n");
  }
}
