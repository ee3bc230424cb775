package io.tiphys.apiserver.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.identity.UserInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class ClientCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant BEFORE = NOW.minus(Duration.ofDays(1));
  private static final Instant AFTER = NOW.plus(Duration.ofDays(1));
  private static final Instant LATE = NOW.plus(Duration.ofDays(3650));
  private static final KeyPurposeId CLIENT = KeyPurposeId.id_kp_clientAuth;

  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final TestAuthority authority = TestAuthority.root("kubernetes", BEFORE, LATE);
  private final ClientCertificates authenticator =
      new ClientCertificates(List.of(authority.certificate()), time::get);

  @Test
  void commonNameIsTheUserAndOrganizationsAreTheGroups() {
    X509Certificate certificate =
        authority.issue("O=system:nodes,O=other,CN=system:node:n1", BEFORE, AFTER, CLIENT);
    UserInfo user = authenticator.authenticate(shown(certificate)).orElseThrow();
    assertThat(user.name()).isEqualTo("system:node:n1");
    assertThat(user.groups()).containsExactly("system:nodes", "other", "system:authenticated");
    assertThat(user.extra().get(UserInfo.CREDENTIAL_ID))
        .singleElement()
        .asString()
        .matches("X509SHA256=[0-9a-f]{64}");
  }

  @Test
  void uidIsReadFromItsAttribute() {
    X509Certificate certificate =
        authority.issue("1.3.6.1.4.1.57683.2=u-1,CN=jane", BEFORE, AFTER, CLIENT);
    assertThat(authenticator.authenticate(shown(certificate)).orElseThrow().uid()).isEqualTo("u-1");
  }

  @Test
  void noCertificateIsNoCredential() {
    assertThat(authenticator.authenticate(shown())).isEmpty();
  }

  @Test
  void withoutCommonNameThereIsNoUser() {
    assertThat(authenticator.authenticate(shown(authority.issue("O=x", BEFORE, AFTER, CLIENT))))
        .isEmpty();
  }

  @Test
  void chainOverAnIntermediateIsFollowed() {
    TestAuthority intermediate = authority.intermediate("middle", BEFORE, AFTER);
    X509Certificate certificate = intermediate.issue("CN=jane", BEFORE, AFTER, CLIENT);
    assertThat(authenticator.authenticate(shown(certificate, intermediate.certificate())))
        .isPresent();
    refused(shown(certificate), "unable to find valid certification path");
  }

  @Test
  void certificateWithoutUsageIsAccepted() {
    assertThat(authenticator.authenticate(shown(authority.issue("CN=j", BEFORE, AFTER, null))))
        .isPresent();
  }

  @Test
  void servingCertificateIsRefused() {
    refused(
        shown(authority.issue("CN=j", BEFORE, AFTER, KeyPurposeId.id_kp_serverAuth)),
        "incompatible key usage");
  }

  @Test
  void strangersCertificateIsRefused() {
    TestAuthority other = TestAuthority.root("kubernetes", BEFORE, AFTER);
    refused(shown(other.issue("CN=j", BEFORE, AFTER, CLIENT)), "CN=j");
  }

  @Test
  void certificateIsRefusedBeforeAndAfterItsTime() {
    refused(shown(authority.issue("CN=j", AFTER, LATE, CLIENT)), "is before");
    X509Certificate certificate = authority.issue("CN=j", BEFORE, AFTER, CLIENT);
    assertThat(authenticator.authenticate(shown(certificate))).isPresent();
    time.set(AFTER.plusSeconds(1));
    refused(shown(certificate), "is after");
  }

  @Test
  void replacedAuthoritiesCountAtOnce() {
    X509Certificate certificate = authority.issue("CN=j", BEFORE, AFTER, CLIENT);
    assertThat(authenticator.authenticate(shown(certificate))).isPresent();
    TestAuthority next = TestAuthority.root("next", BEFORE, LATE);
    authenticator.replaceAuthorities(List.of(next.certificate()));
    refused(shown(certificate), "unable to find valid certification path");
    assertThat(authenticator.authenticate(shown(next.issue("CN=j", BEFORE, AFTER, CLIENT))))
        .isPresent();
  }

  private void refused(Credentials credentials, String why) {
    assertThatThrownBy(() -> authenticator.authenticate(credentials))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(why);
  }

  private static Credentials shown(X509Certificate... chain) {
    return new Credentials(
        "",
        List.of(chain),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
        "/api/v1/pods");
  }
}
