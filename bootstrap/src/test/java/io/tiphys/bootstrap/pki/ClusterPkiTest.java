package io.tiphys.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPkiTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final List<String> NAMES = List.of("127.0.0.1", "::1", "kubernetes.default");

  @TempDir Path folder;

  private ClusterPki at(Instant now) {
    return new ClusterPki(folder.resolve("pki"), InstantSource.fixed(now));
  }

  private X509Certificate certificate(String name) {
    return Pem.readCertificates(folder.resolve("pki").resolve(name)).getFirst();
  }

  @Test
  void makesAllCertificatesWithTheDocumentedNames() throws Exception {
    at(NOW).ensure(NAMES);
    X509Certificate authority = certificate("ca.crt");
    X509Certificate server = certificate("apiserver.crt");
    server.verify(authority.getPublicKey());
    assertThat(server.getSubjectAlternativeNames())
        .extracting(entry -> entry.get(1).toString())
        .containsExactlyInAnyOrder("127.0.0.1", "0:0:0:0:0:0:0:1", "kubernetes.default");
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate("admin.crt").getSubjectX500Principal().getName())
        .isEqualTo("CN=kubernetes-admin,O=system:masters");
    assertThat(authority.getBasicConstraints()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void peopleGetKeysThatEveryClientReads() {
    at(NOW).ensure(NAMES);
    assertThat(certificate("admin.crt").getPublicKey().getAlgorithm()).isEqualTo("RSA");
  }

  @Test
  void keysAreReadableByTheirOwnerOnly() throws IOException {
    at(NOW).ensure(NAMES);
    for (String key : List.of("ca.key", "apiserver.key", "sa.key", "admin.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(at(NOW).file(key))))
          .as(key)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void keepsWhatServes() {
    at(NOW).ensure(NAMES);
    X509Certificate before = certificate("apiserver.crt");
    at(NOW.plus(Duration.ofDays(100))).ensure(NAMES);
    assertThat(certificate("apiserver.crt")).isEqualTo(before);
  }

  @Test
  void issuesAnewForANewNameOrCloseToExpiryUnderTheSameAuthority() {
    at(NOW).ensure(NAMES);
    X509Certificate authority = certificate("ca.crt");
    X509Certificate first = certificate("apiserver.crt");
    at(NOW).ensure(List.of("127.0.0.1", "10.0.0.5"));
    X509Certificate second = certificate("apiserver.crt");
    at(NOW.plus(Duration.ofDays(300))).ensure(List.of("127.0.0.1", "10.0.0.5"));
    X509Certificate third = certificate("apiserver.crt");
    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    assertThat(certificate("ca.crt")).isEqualTo(authority);
  }

  @Test
  void namesTheFileThatIsBroken() throws IOException {
    at(NOW).ensure(NAMES);
    Files.writeString(folder.resolve("pki/ca.key"), "not a key");
    assertThatThrownBy(() -> at(NOW).ensure(NAMES))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("ca.key holds no PKCS 8 private key");
  }
}
