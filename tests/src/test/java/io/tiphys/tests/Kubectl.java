package io.tiphys.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A kubectl of some version, with a home folder and a namespace of its own. */
final class Kubectl {
  private final KubectlVersion version;
  private final Path binary;
  private final Path kubeconfig;
  private final Path home;
  private final String namespace;

  private Kubectl(KubectlVersion version, Path kubeconfig, Path home, String namespace) {
    this.version = version;
    this.binary = version.binary().orElseThrow();
    this.kubeconfig = kubeconfig;
    this.home = home;
    this.namespace = namespace;
  }

  static Kubectl of(KubectlVersion version, Cluster cluster) {
    return new Kubectl(
        version, cluster.kubeconfig(), cluster.newFolder(), cluster.newNamespace(version.label()));
  }

  /** The same kubectl as another user. */
  Kubectl with(Path otherKubeconfig) {
    return new Kubectl(version, otherKubeconfig, home, namespace);
  }

  String namespace() {
    return namespace;
  }

  Path home() {
    return home;
  }

  boolean isOld() {
    return version == KubectlVersion.V1_20;
  }

  /** What it printed; fails if it failed. */
  String ok(String... arguments) {
    return okWith("", arguments);
  }

  /** Likewise, with a text on its standard input. */
  String okWith(String input, String... arguments) {
    Command command = run(Map.of(), input, arguments);
    assertThat(command.exit()).as(command.toString()).isZero();
    return command.out();
  }

  /** What it complained about; fails if it did not fail. */
  String fails(String... arguments) {
    return failsWith("", arguments);
  }

  String failsWith(String input, String... arguments) {
    Command command = run(Map.of(), input, arguments);
    assertThat(command.exit()).as(command.toString()).isNotZero();
    return command.err();
  }

  Command run(Map<String, String> environment, String input, String... arguments) {
    List<String> line = new ArrayList<>(List.of(binary.toString()));
    if (!namespace.isEmpty()) {
      line.addAll(List.of("--namespace", namespace));
    }
    line.addAll(List.of(arguments));
    Map<String, String> all = new HashMap<>(environment);
    all.put("KUBECONFIG", kubeconfig.toString());
    all.put("HOME", home.toString());
    return Command.run(home, all, input, line);
  }

  /** A file of this name in the home folder. */
  Path file(String name, String text) {
    try {
      return Files.writeString(home.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
