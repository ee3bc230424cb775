package io.tiphys.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tiphys server} is told. Files that are null are found or made in the data folder.
 *
 * @param dataDir everything that must survive a restart lies here
 * @param bindAddress where to listen; {@code 0.0.0.0} for all addresses
 * @param advertiseAddress how pods reach the API server; null: found by the default route
 * @param apiPort 0 takes any free port
 * @param serviceCidrs one range, or one of each IP family
 * @param nodePorts {@code FIRST-LAST}, both included
 * @param authorizationModes of Node, RBAC, AlwaysAllow, AlwaysDeny, in the order asked
 * @param issuers of service account tokens; the first signs
 * @param audiences of the API server; empty: the issuers
 * @param enabledPlugins admission plug-ins beyond the default ones
 * @param maxReads requests that change nothing, at once
 * @param maxWrites requests that change something, at once
 */
public record ServerOptions(
    Path dataDir,
    String bindAddress,
    @Nullable String advertiseAddress,
    int apiPort,
    List<String> serviceCidrs,
    String nodePorts,
    String clusterDomain,
    List<String> extraNames,
    @Nullable Path tokenAuthFile,
    @Nullable Path clientCaFile,
    @Nullable Path tlsCertFile,
    @Nullable Path tlsKeyFile,
    List<Path> serviceAccountKeyFiles,
    @Nullable Path kubeletClientCertificate,
    @Nullable Path kubeletClientKey,
    @Nullable Path kubeletCertificateAuthority,
    List<String> authorizationModes,
    boolean anonymousAuth,
    boolean bootstrapTokens,
    List<String> issuers,
    List<String> audiences,
    List<String> enabledPlugins,
    List<String> disabledPlugins,
    Duration eventTtl,
    Duration requestTimeout,
    int maxReads,
    int maxWrites) {

  public ServerOptions {
    serviceCidrs = List.copyOf(serviceCidrs);
    extraNames = List.copyOf(extraNames);
    serviceAccountKeyFiles = List.copyOf(serviceAccountKeyFiles);
    authorizationModes = List.copyOf(authorizationModes);
    issuers = List.copyOf(issuers);
    audiences = List.copyOf(audiences);
    enabledPlugins = List.copyOf(enabledPlugins);
    disabledPlugins = List.copyOf(disabledPlugins);
  }
}
