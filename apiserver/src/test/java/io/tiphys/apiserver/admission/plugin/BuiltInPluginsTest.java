package io.tiphys.apiserver.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.authorization.RbacAuthorizer;
import io.tiphys.apiserver.registry.FakeRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BuiltInPluginsTest {
  private final FakeRegistry registry = new FakeRegistry();

  private List<String> names(List<String> enabled, List<String> disabled) {
    RbacAuthorizer rbac = new RbacAuthorizer(registry.stored());
    return BuiltInPlugins.chain(
            registry.stored(), rbac, rbac, new Random(1), InstantSource.system(), enabled, disabled)
        .plugins()
        .stream()
        .map(AdmissionPlugin::name)
        .toList();
  }

  @Test
  void upstreamsOrder() {
    assertThat(names(List.of(), List.of()))
        .containsSubsequence(
            "NamespaceLifecycle",
            "LimitRanger",
            "ServiceAccount",
            "NodeRestriction",
            "TaintNodesByCondition",
            "Priority",
            "DefaultTolerationSeconds",
            "DefaultStorageClass",
            "StorageObjectInUseProtection",
            "PersistentVolumeClaimResize",
            "RuntimeClass",
            "CertificateApproval",
            "CertificateSigning",
            "CertificateSubjectRestriction",
            "DefaultIngressClass",
            "ResourceQuota")
        .doesNotContain("AlwaysPullImages", "AlwaysDeny");
  }

  @Test
  void enabledAndDisabled() {
    assertThat(names(List.of("AlwaysPullImages", "PodSecurity"), List.of("NodeRestriction")))
        .contains("AlwaysPullImages")
        .doesNotContain("NodeRestriction");
  }

  @Test
  void whatDoesNotExistOrContradictsIsRefused() {
    assertThatThrownBy(() -> names(List.of("Nonsense"), List.of()))
        .hasMessageStartingWith(
            "--enable-admission-plugins: there is no plug-in \"Nonsense\"; known are AlwaysDeny,"
                + " AlwaysPullImages, ");
    assertThatThrownBy(() -> names(List.of("EventRateLimit"), List.of()))
        .hasMessage("--enable-admission-plugins: plug-in \"EventRateLimit\" is not available");
    assertThat(names(List.of(), List.of("EventRateLimit"))).contains("Priority");
    assertThatThrownBy(() -> names(List.of("Priority"), List.of("Priority")))
        .hasMessage(
            "plug-in \"Priority\" is in both --enable-admission-plugins and"
                + " --disable-admission-plugins");
  }
}
