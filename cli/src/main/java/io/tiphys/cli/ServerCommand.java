package io.tiphys.cli;

import io.tiphys.server.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tiphys server}: the control plane in one process. */
@Command(
    name = "server",
    description = "Run the control plane: API server and store, in one process.",
    customSynopsis = "tiphys server [OPTIONS]",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false,
    usageHelpWidth = 110)
final class ServerCommand implements Callable<Integer> {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Holds all that must survive: store, certificates, admin.kubeconfig. Default: /var/lib/tiphys for root, else ~/.tiphys.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private @Nullable Path dataDir;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with these settings; its keys are the flags' names without dashes.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  @SuppressWarnings("UnusedVariable") // read by Arguments; here for the help text
  private @Nullable Path config;

  @Option(
      names = "--bind-address",
      paramLabel = "ADDRESS",
      defaultValue = "0.0.0.0",
      description = "Where to listen.")
  private String bindAddress = "";

  @Option(
      names = "--api-port",
      paramLabel = "PORT",
      defaultValue = "6443",
      description = "Where to listen; 0 takes any free port.")
  private int apiPort;

  @Option(
      names = "--advertise-address",
      paramLabel = "ADDRESS",
      description =
          "How pods and other hosts reach this server. Default: the address of the default route.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private @Nullable String advertiseAddress;

  @Option(
      names = "--service-cidr",
      paramLabel = "CIDR",
      defaultValue = "10.96.0.0/16",
      split = ",",
      splitSynopsisLabel = ",",
      description = "Cluster IPs of services: one range, or one of each IP family.")
  private List<String> serviceCidr = new ArrayList<>();

  @Option(
      names = "--service-node-port-range",
      paramLabel = "FIRST-LAST",
      defaultValue = "30000-32767",
      description = "Node ports of services.")
  private String nodePorts = "";

  @Option(
      names = "--cluster-domain",
      paramLabel = "DOMAIN",
      defaultValue = "cluster.local",
      description = "The cluster's DNS domain.")
  private String clusterDomain = "";

  @Option(
      names = "--tls-san",
      paramLabel = "NAME",
      split = ",",
      splitSynopsisLabel = ",",
      description = "Further names and addresses for the server's certificate.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private List<String> tlsSan = new ArrayList<>();

  @Option(
      names = "--tls-cert-file",
      paramLabel = "FILE",
      description = "The server's certificate. Default: pki/apiserver.crt, made by the server.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private @Nullable Path tlsCertFile;

  @Option(
      names = "--tls-private-key-file",
      paramLabel = "FILE",
      description = "Its key.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private @Nullable Path tlsKeyFile;

  @Option(
      names = "--client-ca-file",
      paramLabel = "FILE",
      description = "Who may sign client certificates. Default: pki/ca.crt.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private @Nullable Path clientCaFile;

  @Option(
      names = "--token-auth-file",
      paramLabel = "FILE",
      description = "Static tokens, in lines of: token,user,uid,\"group1,group2\"",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private @Nullable Path tokenAuthFile;

  @Option(
      names = "--enable-bootstrap-token-auth",
      defaultValue = "true",
      arity = "0..1",
      fallbackValue = "true",
      description = "Accept the tokens of Secrets bootstrap-token-ID in kube-system.")
  private boolean bootstrapTokens;

  @Option(
      names = "--anonymous-auth",
      defaultValue = "false",
      arity = "0..1",
      fallbackValue = "true",
      description =
          "Let requests without credentials in everywhere, not only to the health checks.")
  private boolean anonymousAuth;

  @Option(
      names = "--authorization-mode",
      paramLabel = "MODE",
      defaultValue = "Node,RBAC",
      split = ",",
      splitSynopsisLabel = ",",
      description = "Of Node, RBAC, AlwaysAllow, AlwaysDeny; asked in this order.")
  private List<String> authorizationModes = new ArrayList<>();

  @Option(
      names = "--enable-admission-plugins",
      paramLabel = "NAME",
      split = ",",
      splitSynopsisLabel = ",",
      description = "Plug-ins beyond the default ones.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private List<String> enabledPlugins = new ArrayList<>();

  @Option(
      names = "--disable-admission-plugins",
      paramLabel = "NAME",
      split = ",",
      splitSynopsisLabel = ",",
      description = "Plug-ins to do without.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private List<String> disabledPlugins = new ArrayList<>();

  @Option(
      names = "--service-account-issuer",
      paramLabel = "URL",
      split = ",",
      splitSynopsisLabel = ",",
      description =
          "Who service account tokens name as their issuer. Default: https://kubernetes.default.svc.DOMAIN",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private List<String> issuers = new ArrayList<>();

  @Option(
      names = "--service-account-key-file",
      paramLabel = "FILE",
      split = ",",
      splitSynopsisLabel = ",",
      description = "Keys of service account tokens; the first signs. Default: pki/sa.key.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private List<Path> serviceAccountKeyFiles = new ArrayList<>();

  @Option(
      names = "--api-audiences",
      paramLabel = "NAME",
      split = ",",
      splitSynopsisLabel = ",",
      description = "Audiences of tokens for this server. Default: the issuers.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private List<String> audiences = new ArrayList<>();

  @Option(
      names = "--kubelet-client-certificate",
      paramLabel = "FILE",
      description = "Shown to kubelets. Default: pki/apiserver-kubelet-client.crt.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private @Nullable Path kubeletClientCertificate;

  @Option(
      names = "--kubelet-client-key",
      paramLabel = "FILE",
      description = "Its key.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private @Nullable Path kubeletClientKey;

  @Option(
      names = "--kubelet-certificate-authority",
      paramLabel = "FILE",
      description =
          "Who signs kubelets' certificates. Default: kubelets are not verified, as upstream.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private @Nullable Path kubeletCertificateAuthority;

  @Option(
      names = "--event-ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description = "How long events are kept.")
  private Duration eventTtl = Duration.ZERO;

  @Option(
      names = "--request-timeout",
      paramLabel = "TIME",
      defaultValue = "1m",
      converter = DurationConverter.class,
      description = "How long a request may take.")
  private Duration requestTimeout = Duration.ZERO;

  @Option(
      names = "--max-requests-inflight",
      paramLabel = "N",
      defaultValue = "400",
      description = "Requests that change nothing, at once; 0 is no limit.")
  private int maxReads;

  @Option(
      names = "--max-mutating-requests-inflight",
      paramLabel = "N",
      defaultValue = "200",
      description = "Requests that change something, at once; 0 is no limit.")
  private int maxWrites;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json")
  private LogFormat logFormat = LogFormat.text;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "error, warn, info or debug")
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
