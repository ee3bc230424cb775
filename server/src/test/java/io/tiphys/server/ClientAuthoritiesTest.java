package io.tiphys.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.authentication.AuthenticationException;
import io.tiphys.apiserver.authentication.Credentials;
import io.tiphys.bootstrap.pki.CertificateAuthority;
import io.tiphys.bootstrap.pki.CertificateSpec;
import io.tiphys.bootstrap.pki.Pem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClientAuthoritiesTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir Path folder;
  private final CertificateAuthority former = CertificateAuthority.create("former", DAY, CLOCK);
  private final CertificateAuthority next = CertificateAuthority.create("next", DAY, CLOCK);

  private static Credentials client(CertificateAuthority authority) {
    return new Credentials(
        "",
        List.of(authority.issue(CertificateSpec.client("anna", DAY)).certificate()),
        new InetSocketAddress(0),
        "/api");
  }

  @Test
  void followsItsFileAndSurvivesABrokenOne() throws IOException {
    Path file = folder.resolve("ca.crt");
    Files.writeString(file, Pem.certificate(former.certificate()));
    ClientAuthorities clients = new ClientAuthorities(file, CLOCK);
    assertThat(clients.reload()).isFalse();
    assertThat(clients.certificates().authenticate(client(former))).isPresent();

    for (String broken : List.of("", "nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n")) {
      Files.writeString(file, broken);
      assertThat(clients.reload()).as(broken).isFalse();
      assertThat(clients.certificates().authenticate(client(former))).isPresent();
    }
    Files.delete(file);
    assertThat(clients.reload()).isFalse();

    Files.writeString(file, "# the next authority\n" + Pem.certificate(next.certificate()));
    assertThat(clients.reload()).isTrue();
    assertThat(clients.certificates().authenticate(client(next))).isPresent();
    assertThatThrownBy(() -> clients.certificates().authenticate(client(former)))
        .isInstanceOf(AuthenticationException.class);
    assertThat(clients.bundle()).isEqualTo(Pem.certificate(next.certificate()));
  }
}
