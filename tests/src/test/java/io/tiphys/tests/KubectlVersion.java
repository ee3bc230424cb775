package io.tiphys.tests;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The kubectls that scenarios run with. */
enum KubectlVersion {
  /** Of 2021, still Debian's: {@code scripts/test-packages.sh} unpacks it. */
  V1_20,
  /** Whatever is on the PATH. */
  CURRENT;

  /** Those on this machine. */
  static Stream<KubectlVersion> installed() {
    return Stream.of(values()).filter(version -> version.binary().isPresent());
  }

  Optional<Path> binary() {
    return switch (this) {
      case V1_20 ->
          Optional.of(Path.of("../target/tools/kubectl-1.20/usr/bin/kubectl").toAbsolutePath())
              .filter(Files::isExecutable);
      case CURRENT ->
          Stream.of(System.getenv("PATH").split(File.pathSeparator))
              .map(folder -> Path.of(folder, "kubectl"))
              .filter(Files::isExecutable)
              .findFirst();
    };
  }

  /** Part of names of namespaces. */
  String label() {
    return this == V1_20 ? "kubectl20" : "kubectl";
  }
}
