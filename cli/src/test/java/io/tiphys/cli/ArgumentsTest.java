package io.tiphys.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ArgumentsTest {
  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();

  private List<String> known(String... args) {
    CommandLine root = new CommandLine(CommandLine.Model.CommandSpec.create());
    root.addSubcommand("server", new ServerCommand());
    return new Arguments(root).known(List.of(args), warnings::add);
  }

  /** kube-apiserver's command lines in the source documents use these. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--admission-control=NodeRestriction",
        "--advertise-address=10.0.0.1",
        "--allow-privileged=true",
        "--anonymous-auth=false",
        "--apiserver-count=3",
        "--authorization-mode=Node,RBAC",
        "--bind-address=10.0.0.1",
        "--client-ca-file=ca.pem",
        "--enable-admission-plugins=NodeRestriction",
        "--enable-bootstrap-token-auth",
        "--enable-swagger-ui=true",
        "--event-ttl=1h",
        "--experimental-bootstrap-token-auth",
        "--insecure-bind-address=127.0.0.1",
        "--insecure-port=0",
        "--kubelet-certificate-authority=ca.pem",
        "--kubelet-client-certificate=a.pem",
        "--kubelet-client-key=a-key.pem",
        "--kubelet-https=true",
        "--alsologtostderr=true",
        "--logtostderr=false",
        "--log-dir=/var/log",
        "--runtime-config=rbac.authorization.k8s.io/v1beta1",
        "--service-account-key-file=ca-key.pem",
        "--service-cluster-ip-range=10.254.0.0/16",
        "--service-node-port-range=8400-9000",
        "--tls-cert-file=a.pem",
        "--tls-private-key-file=a-key.pem",
        "--token-auth-file=token.csv",
        "--v=2"
      })
  void everyFlagOfTheDocumentsIsKnownOrAnswered(String flag) {
    List<String> args = known("server", flag);
    assertThat(args.size() == 2 || warnings.size() == 1).isTrue();
    ServerCommand command = new ServerCommand();
    new CommandLine(command).parseArgs(args.subList(1, args.size()).toArray(String[]::new));
    assertThat(command.options()).isNotNull();
  }

  /** The documents' flags for what a later version brings: better refused than silently dropped. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--audit-log-maxage=30",
        "--audit-log-maxbackup=3",
        "--audit-log-maxsize=100",
        "--audit-log-path=/var/log/audit.log",
        "--audit-policy-file=audit.yaml",
        "--etcd-cafile=ca.pem",
        "--etcd-certfile=etcd.pem",
        "--etcd-keyfile=etcd-key.pem",
        "--etcd-servers=https://10.0.0.1:2379",
        "--experimental-encryption-provider-config=encryption.yaml"
      })
  void aFlagOfALaterVersionIsRefusedWithAWord(String flag) {
    assertThatThrownBy(() -> known("server", flag))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("comes with a later version");
  }

  @Test
  void aReplacedFlagKeepsItsValue() {
    assertThat(known("server", "--service-cluster-ip-range=10.254.0.0/16"))
        .containsExactly("server", "--service-cidr=10.254.0.0/16");
  }

  @Test
  void aNeedlessFlagIsLeftOutWithItsValueAndAWord() {
    assertThat(known("server", "--insecure-port", "8080", "--api-port", "6444"))
        .containsExactly("server", "--api-port", "6444");
    assertThat(warnings)
        .containsExactly(
            "--insecure-port is left out: plain HTTP is never served (as since Kubernetes 1.24)");
  }

  @Test
  void aFlagOfSomethingGoneIsRefusedWithTheCure() {
    assertThatThrownBy(() -> known("server", "--basic-auth-file=x"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("use --token-auth-file");
  }

  @Test
  void aMisspeltFlagIsRefusedWithTheNearestOne() {
    assertThatThrownBy(() -> known("server", "--data-dri=x"))
        .hasMessage("unknown flag \"--data-dri\", did you mean \"--data-dir\"?");
  }

  @Test
  void theConfigurationFileComesBeforeTheCommandLine() throws IOException {
    Path file = folder.resolve("server.yaml");
    Files.writeString(file, "api-port: 7443\ntls-san:\n- a.example\n- b.example\n");
    assertThat(known("server", "--config", file.toString(), "--api-port=8443"))
        .containsExactly(
            "server",
            "--api-port=7443",
            "--tls-san=a.example,b.example",
            "--config",
            file.toString(),
            "--api-port=8443");
  }

  @Test
  void aWrongKeyIsNamedWithItsLine() throws IOException {
    Path file = folder.resolve("server.yaml");
    Files.writeString(file, "api-port: 7443\napi-prot: 1\n");
    assertThatThrownBy(() -> known("server", "--config=" + file))
        .hasMessage(file + ":2: unknown key \"api-prot\", did you mean \"api-port\"?");
  }
}
