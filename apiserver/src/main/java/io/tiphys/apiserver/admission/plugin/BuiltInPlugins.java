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
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

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

  /** Upstream's, off by default there; not here. */
  private static final Set<String> UNAVAILABLE =
      Set.of(
          "EventRateLimit",
          "ImagePolicyWebhook",
          "OwnerReferencesPermissionEnforcement",
          "PodNodeSelector",
          "PodTolerationRestriction");

  private BuiltInPlugins() {}

  /**
   * Puts the chain together.
   *
   * @param enabled names of {@code --enable-admission-plugins}, beside those on by default
   * @param disabled names of {@code --disable-admission-plugins}
   * @throws IllegalArgumentException if a name is unknown (the message lists the known ones), not
   *     available, or both enabled and disabled
   */
  public static AdmissionChain chain(
      StoredObjects objects,
      Authorizer authorizer,
      RbacAuthorizer rbac,
      RandomGenerator random,
      InstantSource clock,
      Collection<String> enabled,
      Collection<String> disabled) {
    List<Entry> all = all(objects, authorizer, random, clock);
    Set<String> names =
        all.stream().map(Entry::name).collect(Collectors.toCollection(TreeSet::new));
    check("--enable-admission-plugins", enabled, names);
    enabled.stream()
        .filter(UNAVAILABLE::contains)
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(
              "--enable-admission-plugins: plug-in \"" + name + "\" is not available");
        });
    check("--disable-admission-plugins", disabled, names);
    enabled.stream()
        .filter(disabled::contains)
        .findFirst()
        .ifPresent(name -> {
          throw new IllegalArgumentException(
              "plug-in \""
                  + name
                  + "\" is in both --enable-admission-plugins and --disable-admission-plugins");
        });
    List<AdmissionPlugin> chain = new ArrayList<>();
    chain.add(new CertificateRequester());
    all.stream()
        .filter(entry -> entry.byDefault || enabled.contains(entry.name()))
        .filter(entry -> !disabled.contains(entry.name()))
        .map(Entry::plugin)
        .forEach(chain::add);
    chain.add(new EscalationCheck(rbac, authorizer));
    return new AdmissionChain(chain);
  }

  private record Entry(AdmissionPlugin plugin, boolean byDefault) {
    String name() {
      return plugin.name();
    }
  }

  private static Entry on(AdmissionPlugin plugin) {
    return new Entry(plugin, true);
  }

  private static Entry off(AdmissionPlugin plugin) {
    return new Entry(plugin, false);
  }

  private static List<Entry> all(
      StoredObjects objects, Authorizer authorizer, RandomGenerator random, InstantSource clock) {
    return List.of(
        off(new NamespaceAutoProvision(objects)),
        on(new NamespaceLifecycle(objects)),
        off(new NamespaceExists(objects)),
        off(new LimitPodHardAntiAffinityTopology()),
        on(new LimitRanger(objects)),
        on(new ServiceAccount(objects, random)),
        on(new NodeRestriction(objects, authorizer)),
        on(new TaintNodesByCondition()),
        off(new AlwaysPullImages()),
        on(new PodTopologyLabels(objects)),
        on(new Priority(objects)),
        on(new DefaultTolerationSeconds()),
        off(new ExtendedResourceToleration()),
        on(new DefaultStorageClass(objects)),
        on(new StorageObjectInUseProtection()),
        on(new PersistentVolumeClaimResize(objects)),
        on(new RuntimeClass(objects)),
        on(SignerPermission.approval(authorizer)),
        on(SignerPermission.signing(authorizer)),
        on(new CertificateSubjectRestriction()),
        on(new DefaultIngressClass(objects)),
        off(new DenyServiceExternalIPs()),
        on(new ResourceQuota(objects, clock)),
        off(new AlwaysDeny()));
  }

  private static void check(String flag, Collection<String> asked, Collection<String> known) {
    for (String name : asked) {
      if (!known.contains(name) && !ACCEPTED.contains(name) && !UNAVAILABLE.contains(name)) {
        throw new IllegalArgumentException(
            flag + ": there is no plug-in \"" + name + "\"; known are " + String.join(", ", known));
      }
    }
  }
}
