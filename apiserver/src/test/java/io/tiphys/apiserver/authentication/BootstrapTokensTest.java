package io.tiphys.apiserver.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.identity.UserInfo;
import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.model.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapTokensTest {
  private static final String TOKEN = "abcdef.0123456789abcdef";

  private final FakeRegistry registry = new FakeRegistry();
  private final BootstrapTokens tokens =
      new BootstrapTokens(registry.stored(), () -> Instant.parse("2026-05-01T12:00:00Z"));

  @Test
  void tokenNamesUserAndGroups() {
    store("bootstrap.kubernetes.io/token", Map.of());
    assertThat(tokens.authenticate(TOKEN))
        .contains(
            UserInfo.of(
                "system:bootstrap:abcdef",
                "system:bootstrappers",
                "system:bootstrappers:kubeadm:default-node-token"));
  }

  @Test
  void unknownTokenIsNotOurs() {
    assertThat(tokens.authenticate(TOKEN)).isEmpty();
    assertThat(tokens.authenticate("ABCDEF.0123456789abcdef")).isEmpty();
  }

  @Test
  void secretOfAnotherTypeDoesNotCount() {
    store("Opaque", Map.of());
    assertThat(tokens.authenticate(TOKEN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "token-secret, 0123456789abcdee",
    "token-id, abcdee",
    "expiration, 2026-05-01T12:00:00Z",
    "expiration, tomorrow",
    "usage-bootstrap-authentication, false",
    "auth-extra-groups, system:masters",
    "auth-extra-groups, 'system:bootstrappers:a,system:bootstrappers:'",
  })
  void wrongDataMakesTheTokenUnknown(String key, String value) {
    store("bootstrap.kubernetes.io/token", Map.of(key, value));
    assertThat(tokens.authenticate(TOKEN)).isEmpty();
  }

  private void store(String type, Map<String, String> changes) {
    Map<String, String> data = new HashMap<>();
    data.put("token-id", "abcdef");
    data.put("token-secret", "0123456789abcdef");
    data.put("expiration", "2026-05-01T14:00:01+02:00");
    data.put("usage-bootstrap-authentication", "true");
    data.put("auth-extra-groups", "system:bootstrappers:kubeadm:default-node-token");
    data.putAll(changes);
    data.replaceAll(
        (k, v) -> Base64.getEncoder().encodeToString(v.getBytes(StandardCharsets.UTF_8)));
    registry.put(
        "",
        "secrets",
        JsonObject.of(
            "metadata",
            JsonObject.of("name", "bootstrap-token-abcdef", "namespace", "kube-system"),
            "type",
            type,
            "data",
            JsonObject.ofStrings(data)));
  }
}
