package io.tiphys.apiserver.admission.plugin;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.admission.AdmissionPlugin;
import io.tiphys.apiserver.authorization.Authorizer;
import io.tiphys.apiserver.authorization.EscalationCheck;
import io.tiphys.apiserver.authorization.RbacAuthorizer;
import io.tiphys.apiserver.registry.StoredObjects;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The plug-ins in upstream's order, and which of them run. */
public final class BuiltInPlugins {
  /** Named in old command lines; what they did happens anyway, or comes with a later version. */
  private static final Set<String> ACCEPTED =
      Set.of(
          "MutatingAdmissionWebhook",
          "ValidatingAdmissionWebhook",
          "MutatingAdmissionPolicy",
          "ValidatingAdmissionPolicy",
          "PodSecurity",
          "ClusterTrustBundleAttest",
          "Initializers",
          "GenericAdmissionWebhook",
          "PersistentVolumeLabel",
          "AlwaysAdmit");

  private BuiltInPlugins() {}

  /**
   * Puts the chain together.
   *
   * @param enabled names of {@code --enable-admission-plugins}; all are on by default
   * @param disabled names of {@code --disable-admission-plugins}
   * @throws IllegalArgumentException if a name is unknown; the message lists the known ones
   */
  public static AdmissionChain chain(
      StoredObjects objects,
      Authorizer authorizer,
      RbacAuthorizer rbac,
      RandomGenerator random,
      InstantSource clock,
      Collection<String> enabled,
      Collection<String> disabled) {
    List<AdmissionPlugin> all =
        List.of(
            new NamespaceLifecycle(objects),
            new LimitRanger(objects),
            new ServiceAccount(objects, random),
            new NodeRestriction(objects, authorizer),
            new TaintNodesByCondition(),
            new Priority(objects),
            new DefaultTolerationSeconds(),
            new StorageObjectInUseProtection(),
            new PersistentVolumeClaimResize(objects),
            new RuntimeClass(objects),
            SignerPermission.approval(authorizer),
            SignerPermission.signing(authorizer),
            new CertificateSubjectRestriction(),
            new DefaultIngressClass(objects),
            new DefaultStorageClass(objects),
            new ResourceQuota(objects, clock));
    List<String> names = all.stream().map(AdmissionPlugin::name).toList();
    check("--enable-admission-plugins", enabled, names);
    check("--disable-admission-plugins", disabled, names);
    List<AdmissionPlugin> chain = new ArrayList<>();
    chain.add(new CertificateRequester());
    all.stream().filter(p -> !disabled.contains(p.name())).forEach(chain::add);
    chain.add(new EscalationCheck(rbac, authorizer));
    return new AdmissionChain(chain);
  }

  private static void check(String flag, Collection<String> asked, List<String> known) {
    for (String name : asked) {
      if (!known.contains(name) && !ACCEPTED.contains(name)) {
        throw new IllegalArgumentException(
            flag
                + ": there is no plug-in \""
                + name
                + "\"; known are "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }
}
