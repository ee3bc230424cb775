package io.tiphys.server;

import io.tiphys.apiserver.admission.AdmissionChain;
import io.tiphys.apiserver.admission.plugin.BuiltInPlugins;
import io.tiphys.apiserver.allocation.AllocationRepair;
import io.tiphys.apiserver.allocation.IpRange;
import io.tiphys.apiserver.allocation.NodePorts;
import io.tiphys.apiserver.allocation.PortRange;
import io.tiphys.apiserver.allocation.ServiceIps;
import io.tiphys.apiserver.allocation.ServiceReservation;
import io.tiphys.apiserver.authorization.AggregatedRoles;
import io.tiphys.apiserver.bootstrap.FirstObjects;
import io.tiphys.apiserver.bootstrap.KubernetesService;
import io.tiphys.apiserver.bootstrap.RbacDefaults;
import io.tiphys.apiserver.bootstrap.Upkeep;
import io.tiphys.apiserver.catalog.BuiltInKinds;
import io.tiphys.apiserver.catalog.BuiltInResources;
import io.tiphys.apiserver.componentstatus.ComponentStatuses;
import io.tiphys.apiserver.componentstatus.HealthzProbe;
import io.tiphys.apiserver.health.HealthCheck;
import io.tiphys.apiserver.http.HttpLimits;
import io.tiphys.apiserver.http.HttpServer;
import io.tiphys.apiserver.http.TlsFiles;
import io.tiphys.apiserver.metrics.ServerMetrics;
import io.tiphys.apiserver.pipeline.ApiServer;
import io.tiphys.apiserver.pipeline.Deadlines;
import io.tiphys.apiserver.pipeline.InFlight;
import io.tiphys.apiserver.registry.StoredObjects;
import io.tiphys.apiserver.registry.WatchCache;
import io.tiphys.apiserver.representation.Codecs;
import io.tiphys.apiserver.representation.Representation;
import io.tiphys.apiserver.representation.Tables;
import io.tiphys.apiserver.resource.Behaviours;
import io.tiphys.apiserver.rest.Answers;
import io.tiphys.apiserver.rest.ResourceHandler;
import io.tiphys.apiserver.rest.RestHandlers;
import io.tiphys.apiserver.rest.StoreRegistry;
import io.tiphys.apiserver.serviceaccount.OpenIdDocuments;
import io.tiphys.apiserver.stream.Streams;
import io.tiphys.apiserver.table.BuiltInColumns;
import io.tiphys.bootstrap.Kubeconfig;
import io.tiphys.model.meta.GroupResource;
import io.tiphys.model.schema.Schema;
import io.tiphys.store.Store;
import io.tiphys.store.StoreHealth;
import io.tiphys.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** API server and embedded store in this process. Several may live in one JVM. */
public final class ControlPlane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final long REPAIR_MINUTES = 10;

  /** As often as the server's own certificate is looked at. */
  private static final long RELOAD_SECONDS = 10;

  private final Store store;
  private final WatchCache cache;
  private final ScheduledExecutorService timer;
  private final HttpServer server;
  private final Upkeep upkeep;
  private final Path kubeconfig;
  private final String url;

  private ControlPlane(
      Store store,
      WatchCache cache,
      ScheduledExecutorService timer,
      HttpServer server,
      Upkeep upkeep,
      Path kubeconfig,
      String url) {
    this.store = store;
    this.cache = cache;
    this.timer = timer;
    this.server = server;
    this.upkeep = upkeep;
    this.kubeconfig = kubeconfig;
    this.url = url;
  }

  /** Where clients on this host reach the API: {@code https://127.0.0.1:6443}. */
  public String url() {
    return url;
  }

  /** The administrator's kubeconfig. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /**
   * Starts everything; returns when the server is ready.
   *
   * @throws ServerException or another unchecked exception whose message tells the user what to do
   */
  public static ControlPlane start(ServerOptions options) {
    long started = System.nanoTime();
    InstantSource clock = InstantSource.system();
    createFolder(options.dataDir().resolve("store"));
    String advertised =
        options.advertiseAddress() == null
            ? HostAddresses.advertised()
            : options.advertiseAddress();
    CompletableFuture<Store> opening =
        CompletableFuture.supplyAsync(
            () -> EmbeddedStore.open(options.dataDir().resolve("store")),
            Thread::startVirtualThread);
    CompletableFuture<RbacDefaults> defaults =
        CompletableFuture.supplyAsync(RbacDefaults::load, Thread::startVirtualThread);
    Credentials credentials = Credentials.prepare(options, advertised, clock);
    Store store = opened(opening);
    try {
      ControlPlane plane =
          new Assembly(options, advertised, clock, credentials, store, defaults.join()).start();
      LOG.info(
          "ready after {} ms: Kubernetes API on {}",
          (System.nanoTime() - started) / 1_000_000,
          plane.url);
      return plane;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static Store opened(CompletableFuture<Store> opening) {
    try {
      return opening.join();
    } catch (java.util.concurrent.CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** For its owner only: Secrets lie in it. */
  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new ServerException("cannot make the folder " + folder + ": " + e, e);
    }
  }

  /** Answers what is under way, ends watches, then closes the store. */
  @Override
  public void close() {
    LOG.info("stopping");
    upkeep.close();
    server.shutdown(DRAIN);
    timer.shutdownNow();
    cache.close();
    store.close();
    LOG.info("stopped");
  }

  /** One start: what the parts need of each other. */
  private record Assembly(
      ServerOptions options,
      String advertised,
      InstantSource clock,
      Credentials credentials,
      Store store,
      RbacDefaults defaults) {

    ControlPlane start() {
      Schema schema = Schema.kubernetes();
      AtomicReference<StoredObjects> objects = new AtomicReference<>();
      AtomicReference<Identity> identity = new AtomicReference<>();
      Behaviours behaviours =
          BuiltInKinds.behaviours(objects::get, clock)
              .and(
                  Behaviours.ofActions(
                      Actions.all(options, credentials, objects::get, identity::get, clock)))
              .and(Behaviours.ofActions(Map.of("componentstatuses", componentStatuses())));
      BuiltInResources catalog =
          new BuiltInResources(kind -> schema.kind(kind).orElse(null), behaviours);
      WatchCache cache = new WatchCache(store, BuiltInResources.storagePrefixes(), clock);
      cache.start();
      StoreRegistry registry = new StoreRegistry(store, cache, catalog, clock, options.eventTtl());
      objects.set(new StoredObjects(registry, catalog));
      ClientAuthorities clients = new ClientAuthorities(credentials.clientAuthorities(), clock);
      KubeletTls kubelets = new KubeletTls(options, credentials);
      identity.set(Identity.of(options, credentials, objects.get(), clients, defaults, clock));

      SecureRandom random = new SecureRandom();
      List<IpRange> ranges = options.serviceCidrs().stream().map(IpRange::parse).toList();
      ServiceIps ips = new ServiceIps(registry, catalog, ranges, random);
      NodePorts ports = new NodePorts(store, PortRange.parse(options.nodePorts()), random);
      behaviours =
          behaviours.and(
              Behaviours.ofReservations(
                  Map.of(new GroupResource("", "services"), new ServiceReservation(ips, ports))));
      registry.useReservations(behaviours.reservations());
      AdmissionChain admission =
          BuiltInPlugins.chain(
              objects.get(),
              identity.get().authorizer(),
              identity.get().rbac(),
              random,
              clock,
              options.enabledPlugins(),
              options.disabledPlugins());
      ScheduledExecutorService timer =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("timer").factory());
      Representation representation =
          new Representation(new Tables(BuiltInColumns::of, clock), Codecs.of(schema));
      ResourceHandler resources =
          RestHandlers.of(
              registry,
              catalog,
              behaviours,
              admission,
              identity.get().authorizer(),
              representation,
              timer,
              new Streams(objects.get(), kubelets::kubelets, random));

      AtomicBoolean initialized = new AtomicBoolean();
      ServerMetrics metrics = new ServerMetrics();
      List<HealthCheck> live = List.of(HealthCheck.of("ping", Optional::empty), storeCheck("etcd"));
      List<HealthCheck> ready =
          List.of(
              live.get(0),
              live.get(1),
              HealthCheck.of(
                  "poststarthook/bootstrap-objects",
                  () -> initialized.get() ? Optional.empty() : Optional.of("not finished")));
      String url = "https://" + advertised + ":" + options.apiPort();
      OpenIdDocuments openId =
          OpenIdDocuments.of(
              options.issuers().getFirst(),
              url + OpenIdDocuments.KEYS_PATH,
              credentials.verificationKeys());
      ApiServer pipeline =
          new ApiServer(
              new ApiServer.Parts(
                  identity.get().authenticator(),
                  identity.get().authorizer(),
                  new InFlight(options.maxReads(), options.maxWrites()),
                  new Deadlines(options.requestTimeout(), clock, timer),
                  catalog,
                  resources,
                  Paths.of(
                      catalog, advertised + ":" + options.apiPort(), openId, live, ready, metrics),
                  new Answers(representation),
                  metrics,
                  clock));
      HttpServer server = listen(pipeline);
      int port = server.address().getPort();

      KubernetesService service =
          new KubernetesService(
              objects.get(),
              new KubernetesService.Options(
                  options.serviceCidrs(), ranges.getFirst().address(1), advertised, port, 1),
              clock);
      FirstObjects first =
          new FirstObjects(objects.get(), defaults, service, clients::bundle, clock);
      first.run();
      initialized.set(true);
      Upkeep upkeep = Upkeep.start(new AggregatedRoles(objects.get()), service, first);
      AllocationRepair repair = new AllocationRepair(registry, catalog, ips, ports, clock);
      timer.scheduleWithFixedDelay(
          () -> Thread.startVirtualThread(repair::run), 0, REPAIR_MINUTES, TimeUnit.MINUTES);
      Runnable reload =
          () -> {
            clients.reload();
            kubelets.reload();
          };
      timer.scheduleWithFixedDelay(
          () -> Thread.startVirtualThread(reload),
          RELOAD_SECONDS,
          RELOAD_SECONDS,
          TimeUnit.SECONDS);
      return new ControlPlane(
          store, cache, timer, server, upkeep, writeKubeconfig(port), localUrl(port));
    }

    private ComponentStatuses componentStatuses() {
      return new ComponentStatuses(
          List.of(
              HealthzProbe.controllerManager(), HealthzProbe.scheduler(), storeCheck("etcd-0")));
    }

    private HealthCheck storeCheck(String name) {
      return HealthCheck.of(
          name,
          () -> {
            StoreHealth health = store.health();
            return health.writable() ? Optional.empty() : Optional.of(health.detail());
          });
    }

    private HttpServer listen(ApiServer pipeline) {
      TlsFiles tls =
          new TlsFiles(
              credentials.tlsCertificate(), credentials.tlsKey(), credentials.clientAuthorities());
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.ofLiteral(options.bindAddress()), options.apiPort());
      return HttpServer.start(address, tls, HttpLimits.DEFAULT, pipeline);
    }

    private String localUrl(int port) {
      boolean all = InetAddress.ofLiteral(options.bindAddress()).isAnyLocalAddress();
      String host = all ? "127.0.0.1" : options.bindAddress();
      return "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private Path writeKubeconfig(int port) {
      Path file = options.dataDir().resolve("admin.kubeconfig");
      new Kubeconfig(
              "tiphys",
              localUrl(port),
              "kubernetes-admin",
              credentials.pki().file("ca.crt"),
              credentials.pki().file("admin.crt"),
              credentials.pki().file("admin.key"))
          .write(file);
      return file;
    }
  }
}
