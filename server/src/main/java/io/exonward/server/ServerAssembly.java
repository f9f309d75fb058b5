package io.exonward.server;

import io.exonward.common.config.HostPort;
import io.exonward.server.api.ApiHealth;
import io.exonward.server.api.ApiIdentity;
import io.exonward.server.api.ApiOperations;
import io.exonward.server.api.ApiServer;
import io.exonward.server.api.ApiServices;
import io.exonward.server.identity.Actor;
import io.exonward.server.identity.CertificateAuthority;
import io.exonward.server.store.PartitionKeeper;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every long-lived object of the server, made in start order and closed in reverse. */
final class ServerAssembly implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerAssembly.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final ServerConfig config;
  private final Clock clock = Clock.systemUTC();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private ServerAssembly(ServerConfig config) {
    this.config = config;
  }

  /**
   * Starts everything.
   *
   * @param tokenFile where to write an administrator's API token; null: nowhere
   * @param onDeath told why, when something essential ends by itself
   */
  static ServerAssembly start(
      ServerConfig config, @Nullable Path tokenFile, Consumer<String> onDeath) throws IOException {
    ServerAssembly assembly = new ServerAssembly(config);
    boolean isStarted = false;
    try {
      assembly.startAll(tokenFile, onDeath);
      isStarted = true;
      return assembly;
    } finally {
      if (!isStarted) {
        assembly.close();
      }
    }
  }

  private void startAll(@Nullable Path tokenFile, Consumer<String> onDeath) throws IOException {
    bindMetrics();
    DataFolder folder = DataFolder.open(config.dataDirectory());
    CertificateAuthority authority =
        CertificateAuthority.open(folder.authority(), clock, new SecureRandom());
    folder.writeRoot(authority.root());
    Storage storage = add(Storage.open(config.database(), folder.database(), onDeath));
    Domain domain = new Domain(storage.database(), folder.geneIndex(), clock);
    Identities identities =
        new Identities(storage.database(), domain, authority, config.certificateLifetime(), clock);
    if (identities.operators.createFirst(folder::writeFirstPassword)) {
      LOG.atInfo().log("created the first administrator; see first-administrator-password");
    }
    ServerKeyManager keys = new ServerKeyManager(authority, serverNames(), clock);
    Chores chores = add(new Chores());
    plan(chores, storage, domain, identities, keys);
    add(
        IngestPorts.open(
            new IngestPorts.Parts(
                config.listen(), storage.database(), domain, identities, keys, clock),
            chores,
            metrics));
    domain.genes.bind(metrics);
    add(domain.genes.start());
    add(startConsole(storage, domain, identities, keys));
    if (tokenFile != null) {
      identities.writeBootstrapToken(tokenFile);
    }
  }

  private void plan(
      Chores chores, Storage storage, Domain domain, Identities identities, ServerKeyManager keys) {
    PartitionKeeper partitions =
        new PartitionKeeper(storage.database(), Duration.ofDays(config.retentionDays()), clock);
    partitions.tick();
    chores.every(Duration.ofHours(1), "make and drop days", partitions::tick);
    chores.every(Duration.ofMinutes(10), "renew the server's certificate", keys::renewIfDue);
    chores.every(
        Duration.ofHours(1), "drop old requests for analysis", domain.genes.analyses::prune);
    chores.every(Duration.ofSeconds(1), "freeze baselines", () -> freezeDue(domain, identities));
  }

  private static void freezeDue(Domain domain, Identities identities) {
    domain.transactions.run(() ->
        domain
            .groups
            .freezeDue()
            .forEach(name ->
                identities.audit.record(
                    Actor.system("learning"),
                    "group.freeze",
                    "group/" + name,
                    Map.of("reason", "its time to learn is over"))));
  }

  private ApiServer startConsole(
      Storage storage, Domain domain, Identities identities, ServerKeyManager keys) {
    ApiServices services =
        new ApiServices(
            domain.hosts,
            domain.inventory,
            domain.coverages,
            domain.groups,
            domain.rules,
            domain.baselines,
            domain.alerts,
            domain.triage,
            domain.genes.families,
            domain.genes.lineages);
    ApiIdentity identity =
        new ApiIdentity(
            identities.operators,
            identities.sessions,
            identities.apiTokens,
            identities.joinTokens,
            identities.audit,
            domain.transactions);
    ApiHealth health =
        new ApiHealth(
            Main.Version.text(),
            () ->
                storage.database().isAnswering()
                    ? Optional.empty()
                    : Optional.of("the database is away"),
            metrics,
            clock);
    HostPort listen = config.listen().console();
    return ApiServer.start(listen, tlsContext(keys), new ApiOperations(services, identity, health));
  }

  private void bindMetrics() {
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new ProcessorMetrics().bindTo(metrics);
    new UptimeMetrics().bindTo(metrics);
  }

  private List<String> serverNames() {
    if (!config.serverNames().isEmpty()) {
      return config.serverNames();
    }
    List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1"));
    try {
      names.add(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException _) {
      // Without a name of its own the machine is reached by the two above only.
    }
    return names;
  }

  private static SSLContext tlsContext(ServerKeyManager keys) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  private <T extends AutoCloseable> T add(T part) {
    started.push(part);
    return part;
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.atWarn()
            .addKeyValue("part", part.getClass().getSimpleName())
            .setCause(e)
            .log("did not stop cleanly");
      }
    }
    metrics.close();
  }
}
