package io.exonward.server;

import io.exonward.common.config.HostPort;
import io.exonward.server.identity.AgentCertificates;
import io.exonward.server.ingest.AgentDirectory;
import io.exonward.server.ingest.AgentPort;
import io.exonward.server.ingest.EnrollmentPort;
import io.exonward.server.ingest.IngestCounters;
import io.exonward.server.ingest.Intake;
import io.exonward.server.ingest.Listener;
import io.exonward.server.ingest.LiveAgents;
import io.exonward.server.ingest.SilenceWatch;
import io.exonward.server.inventory.Host;
import io.exonward.server.policy.Learning;
import io.exonward.server.policy.PolicyDecider;
import io.exonward.server.policy.PolicySnapshots;
import io.exonward.server.store.Database;
import io.exonward.server.store.JdbcEpochStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The ports of agents and of enrollment with what stands behind them. */
final class IngestPorts implements AutoCloseable {
  private static final Duration SILENCE_PAUSE = Duration.ofSeconds(2);
  private static final Duration ASKING_PAUSE = Duration.ofSeconds(1);
  private static final Duration EXPIRY_PAUSE = Duration.ofSeconds(5);

  private final AgentPort agents;
  private final EnrollmentPort enrollment;

  private IngestPorts(AgentPort agents, EnrollmentPort enrollment) {
    this.agents = agents;
    this.enrollment = enrollment;
  }

  /** What the ports are made of. */
  record Parts(
      ServerConfig.Listen listen,
      Database database,
      Domain domain,
      Identities identities,
      ServerKeyManager keys,
      Clock clock) {}

  static IngestPorts open(Parts parts, Chores chores, MeterRegistry metrics) {
    IngestCounters counters = new IngestCounters();
    bind(counters, metrics);
    Domain domain = parts.domain();
    AgentDirectory directory = new Directory(parts.identities().certificates);
    PolicySnapshots policies =
        new PolicySnapshots(
            domain.groups,
            domain.ruleStore,
            domain.baselineStore,
            domain.transactions,
            parts.clock());
    LiveAgents live = new LiveAgents(policies, counters, parts.clock());
    connect(live, parts, chores);
    AgentPort agents =
        AgentPort.open(
            listener(parts.listen().agents(), parts.keys()),
            new AgentPort.Services(
                directory,
                intake(parts, counters),
                domain.hosts,
                policies,
                live,
                domain.genes.analyses,
                counters,
                parts.clock(),
                Main.Version.text()));
    try {
      EnrollmentPort enrollment =
          EnrollmentPort.open(
              listener(parts.listen().enrollment(), parts.keys()),
              parts.identities().enrollments::enroll,
              directory::authorities,
              counters);
      return new IngestPorts(agents, enrollment);
    } catch (RuntimeException e) {
      agents.close();
      throw e;
    }
  }

  private static Intake intake(Parts parts, IngestCounters counters) {
    Domain domain = parts.domain();
    return new Intake(
        new JdbcEpochStore(parts.database()),
        domain.inventoryStore,
        domain.coverageStore,
        domain.hosts,
        domain.groups,
        new PolicyDecider(domain.ruleStore, domain.baselineStore, parts.clock()),
        new Learning(domain.groupStore, domain.baselineStore, parts.clock()),
        domain.genes.analyses,
        domain.genes.lineages,
        domain.alerts,
        domain.transactions,
        parts.clock(),
        counters);
  }

  /** Bans, replaced identities and new policies reach the streams that are open. */
  private static void connect(LiveAgents live, Parts parts, Chores chores) {
    Domain domain = parts.domain();
    domain.hosts.changes().listen(live::hostChanged);
    domain.groups.changes().listen(live::policyChanged);
    parts
        .identities()
        .enrollments
        .replacements()
        .listen(host -> live.cut(host, "this agent's identity was replaced"));
    domain.genes.lineages.changes().listen(it -> domain.genes.lineages.tell(live, it));
    chores.every(ASKING_PAUSE, "ask for genes", () -> domain.genes.analyses.tick(live));
    SilenceWatch silence =
        new SilenceWatch(domain.hosts, domain.alerts, domain.transactions, parts.clock());
    chores.every(SILENCE_PAUSE, "find silent agents", silence::tick);
    chores.every(EXPIRY_PAUSE, "cut expired agents", live::cutExpired);
  }

  private static Listener listener(HostPort address, ServerKeyManager keys) {
    return new Listener(new InetSocketAddress(address.host(), address.port()), keys);
  }

  private static void bind(IngestCounters counters, MeterRegistry metrics) {
    FunctionCounter.builder("exonward.ingest.events", counters, IngestCounters::events)
        .register(metrics);
    FunctionCounter.builder("exonward.ingest.duplicates", counters, IngestCounters::duplicates)
        .register(metrics);
    FunctionCounter.builder("exonward.ingest.refusals", counters, IngestCounters::refusals)
        .register(metrics);
    Gauge.builder("exonward.ingest.streams", counters, IngestCounters::streams).register(metrics);
  }

  /** Certificates, as ingest wants to see them. */
  private record Directory(AgentCertificates certificates) implements AgentDirectory {
    @Override
    public Optional<Host> findHost(X509Certificate shown) {
      return certificates.findHost(shown);
    }

    @Override
    public List<X509Certificate> renew(UUID host, byte[] request, String address) {
      return certificates.renew(host, request, address);
    }

    @Override
    public List<X509Certificate> authorities() {
      return List.of(certificates.root());
    }
  }

  @Override
  public void close() {
    enrollment.close();
    agents.close();
  }
}
