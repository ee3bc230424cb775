package io.tiphys.tests;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tiphys.server.ControlPlane;
import io.tiphys.server.ServerOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A control plane in this JVM with its data in a folder of its own, which goes when it is closed.
 * Tests share one ({@link SharedCluster}) and keep apart by namespaces.
 */
final class Cluster implements AutoCloseable {
  /** What the kubernetes Service's endpoints show; nobody calls it. */
  private static final String ADDRESS = "192.0.2.1";

  private final Path folder;
  private final ControlPlane plane;
  private final KubernetesClient admin;
  private final AtomicInteger namespaces = new AtomicInteger();

  private Cluster(Path folder, ControlPlane plane) {
    this.folder = folder;
    this.plane = plane;
    this.admin = new KubernetesClientBuilder().withConfig(config()).build();
  }

  static Cluster start() {
    try {
      Path folder = Files.createTempDirectory("tiphys-tests");
      return new Cluster(folder, ControlPlane.start(options(folder.resolve("data"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the command line has them, except that any free port will do. */
  private static ServerOptions options(Path data) {
    return new ServerOptions(
        data,
        "127.0.0.1",
        ADDRESS,
        0,
        List.of("10.96.0.0/16"),
        "30000-32767",
        "cluster.local",
        List.of(),
        null,
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        List.of("Node", "RBAC"),
        false,
        true,
        List.of("https://kubernetes.default.svc.cluster.local"),
        List.of(),
        List.of(),
        List.of(),
        Duration.ofHours(1),
        Duration.ofMinutes(1),
        400,
        200);
  }

  String url() {
    return plane.url();
  }

  /** The administrator's kubeconfig. */
  Path kubeconfig() {
    return plane.kubeconfig();
  }

  Config config() {
    File file = plane.kubeconfig().toFile();
    return Config.fromKubeconfig(file);
  }

  /** A folder for the files of one test. */
  Path newFolder() {
    try {
      return Files.createTempDirectory(folder, "test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new namespace with the service account that a controller would give it. */
  String newNamespace(String prefix) {
    String name = prefix + "-" + namespaces.incrementAndGet();
    admin
        .namespaces()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    admin
        .serviceAccounts()
        .inNamespace(name)
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName("default").endMetadata().build())
        .create();
    return name;
  }

  @Override
  public void close() {
    admin.close();
    plane.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
