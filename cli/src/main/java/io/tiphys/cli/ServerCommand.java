package io.tiphys.cli;

import io.tiphys.server.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tiphys server}: the control plane in one process. */
@Command(
    name = "server",
    description = "Run the control plane: API server and store, in one process.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServerCommand implements Callable<Integer> {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Holds all that must survive: store, certificates, admin.kubeconfig.")
  private @Nullable Path dataDir;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with these settings; keys are the flags' names without dashes.")
  @SuppressWarnings("UnusedVariable") // read by Arguments; here for the help text
  private @Nullable Path config;

  @Option(names = "--bind-address", defaultValue = "0.0.0.0", paramLabel = "ADDRESS")
  private String bindAddress = "";

  @Option(names = "--api-port", defaultValue = "6443", paramLabel = "PORT")
  private int apiPort;

  @Option(
      names = "--advertise-address",
      paramLabel = "ADDRESS",
      description = "How pods and other hosts reach this server. Default: by the default route.")
  private @Nullable String advertiseAddress;

  @Option(names = "--service-cidr", defaultValue = "10.96.0.0/16", split = ",")
  private List<String> serviceCidr = new ArrayList<>();

  @Option(names = "--service-node-port-range", defaultValue = "30000-32767")
  private String nodePorts = "";

  @Option(names = "--cluster-domain", defaultValue = "cluster.local")
  private String clusterDomain = "";

  @Option(
      names = "--tls-san",
      split = ",",
      paramLabel = "NAME",
      description = "Further names and addresses for the server's certificate.")
  private List<String> tlsSan = new ArrayList<>();

  @Option(names = "--tls-cert-file", paramLabel = "FILE")
  private @Nullable Path tlsCertFile;

  @Option(names = "--tls-private-key-file", paramLabel = "FILE")
  private @Nullable Path tlsKeyFile;

  @Option(names = "--client-ca-file", paramLabel = "FILE")
  private @Nullable Path clientCaFile;

  @Option(
      names = "--token-auth-file",
      paramLabel = "FILE",
      description = "Lines of: token,user,uid,\"group1,group2\"")
  private @Nullable Path tokenAuthFile;

  @Option(names = "--enable-bootstrap-token-auth", defaultValue = "true", arity = "0..1")
  private boolean bootstrapTokens;

  @Option(
      names = "--anonymous-auth",
      defaultValue = "false",
      arity = "0..1",
      fallbackValue = "true")
  private boolean anonymousAuth;

  @Option(names = "--authorization-mode", defaultValue = "Node,RBAC", split = ",")
  private List<String> authorizationModes = new ArrayList<>();

  @Option(names = "--enable-admission-plugins", split = ",", paramLabel = "NAME")
  private List<String> enabledPlugins = new ArrayList<>();

  @Option(names = "--disable-admission-plugins", split = ",", paramLabel = "NAME")
  private List<String> disabledPlugins = new ArrayList<>();

  @Option(
      names = "--service-account-issuer",
      split = ",",
      paramLabel = "URL",
      description = "Default: https://kubernetes.default.svc.DOMAIN")
  private List<String> issuers = new ArrayList<>();

  @Option(names = "--service-account-key-file", split = ",", paramLabel = "FILE")
  private List<Path> serviceAccountKeyFiles = new ArrayList<>();

  @Option(names = "--api-audiences", split = ",")
  private List<String> audiences = new ArrayList<>();

  @Option(names = "--kubelet-client-certificate", paramLabel = "FILE")
  private @Nullable Path kubeletClientCertificate;

  @Option(names = "--kubelet-client-key", paramLabel = "FILE")
  private @Nullable Path kubeletClientKey;

  @Option(names = "--kubelet-certificate-authority", paramLabel = "FILE")
  private @Nullable Path kubeletCertificateAuthority;

  @Option(names = "--event-ttl", defaultValue = "1h", converter = DurationConverter.class)
  private Duration eventTtl = Duration.ZERO;

  @Option(names = "--request-timeout", defaultValue = "1m", converter = DurationConverter.class)
  private Duration requestTimeout = Duration.ZERO;

  @Option(names = "--max-requests-inflight", defaultValue = "400")
  private int maxReads;

  @Option(names = "--max-mutating-requests-inflight", defaultValue = "200")
  private int maxWrites;

  @Option(names = "--log-format", defaultValue = "text", description = "text or json")
  private LogFormat logFormat = LogFormat.text;

  @Option(names = "--log-level", defaultValue = "info", description = "error, warn, info, debug")
  private String logLevel = "";

  @Override
  public Integer call() {
    Logging.configure(logFormat, logLevel);
    return ServerRun.untilStopped(options());
  }

  ServerOptions options() {
    return new ServerOptions(
        dataDir == null ? DataDir.standard() : dataDir.toAbsolutePath().normalize(),
        bindAddress,
        advertiseAddress,
        apiPort,
        serviceCidr,
        nodePorts,
        clusterDomain,
        tlsSan,
        tokenAuthFile,
        clientCaFile,
        tlsCertFile,
        tlsKeyFile,
        serviceAccountKeyFiles,
        kubeletClientCertificate,
        kubeletClientKey,
        kubeletCertificateAuthority,
        authorizationModes,
        anonymousAuth,
        bootstrapTokens,
        issuers.isEmpty() ? List.of("https://kubernetes.default.svc." + clusterDomain) : issuers,
        audiences,
        enabledPlugins,
        disabledPlugins,
        eventTtl,
        requestTimeout,
        maxReads,
        maxWrites);
  }
}
