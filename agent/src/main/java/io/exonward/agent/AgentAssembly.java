package io.exonward.agent;

import io.exonward.agent.analyze.AnalysisDesk;
import io.exonward.agent.analyze.KnownCode;
import io.exonward.agent.decide.DecisionStage;
import io.exonward.agent.decide.PolicyCache;
import io.exonward.agent.decide.PolicyDecider;
import io.exonward.agent.enrich.Actions;
import io.exonward.agent.enrich.Actors;
import io.exonward.agent.enrich.CodeLoads;
import io.exonward.agent.enrich.Containers;
import io.exonward.agent.enrich.DpkgDatabase;
import io.exonward.agent.enrich.ExecutionEnricher;
import io.exonward.agent.enrich.Executions;
import io.exonward.agent.enrich.HostFactsReader;
import io.exonward.agent.enrich.PackageReports;
import io.exonward.agent.enrich.Repetitions;
import io.exonward.agent.enrich.UserNames;
import io.exonward.agent.health.AgentStatus;
import io.exonward.agent.health.Counters;
import io.exonward.agent.health.CoverageLedger;
import io.exonward.agent.health.CoverageReports;
import io.exonward.agent.health.CpuGovernor;
import io.exonward.agent.health.CurrentCoverage;
import io.exonward.agent.health.SelfUsage;
import io.exonward.agent.health.StatusSocket;
import io.exonward.agent.linux.Kernel;
import io.exonward.agent.process.ProcessTable;
import io.exonward.agent.sensor.Detail;
import io.exonward.agent.spool.Spool;
import io.exonward.agent.spool.SpoolLimits;
import io.exonward.agent.spool.SpoolSink;
import io.exonward.agent.stream.AgentFacts;
import io.exonward.agent.stream.AgentStream;
import io.exonward.agent.stream.IdentityStore;
import io.exonward.agent.stream.PolicyBytes;
import io.exonward.agent.stream.ServerOrders;
import io.exonward.agent.stream.StreamParts;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Event;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.HostFacts;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.wire.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes every long-lived object of the agent, in the order in which they start. */
final class AgentAssembly implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentAssembly.class);
  private static final int QUEUED_EVENTS = 16_384;
  private static final int REMEMBERED_KINDS = 4096;
  private static final Duration LOOK_WHILE_SHEDDING = Duration.ofSeconds(1);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Counters counters = new Counters();
  private final Instant startedAt;
  private final Clock clock;
  private final Spool spool;
  private final PolicyCache policies;
  private final AgentSensors sensors;
  private final CpuGovernor governor;
  private final CurrentCoverage coverage;
  private final CoverageLedger ledger;
  private final Pipeline pipeline;
  private final KnownCode known = new KnownCode();
  private final AnalysisDesk desk;
  private final AgentStream stream;
  private final String version = AgentVersion.read();

  /**
   * @param onFailure called when the agent cannot go on and should be started anew
   */
  private AgentAssembly(AgentConfig config, Clock clock, Runnable onFailure) throws IOException {
    this.clock = clock;
    this.startedAt = clock.instant();
    Path state = config.stateDirectory();
    Files.createDirectories(
        state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createDirectories(config.runDirectory());
    started.push(InstanceLock.take(state));
    spool = Spool.open(state.resolve("spool"), SpoolLimits.ofBytes(config.spoolBytes()), clock);
    started.push(spool);
    governor = new CpuGovernor(config.cpuPercent(), Kernel::processCpuNanos, clock);
    ledger = CoverageLedger.open(config.coverageDirectory(), clock);
    started.push(ledger);
    policies = new PolicyCache(config.policyFile(), PolicyBytes::decode);
    desk = new AnalysisDesk(known, config.analysisPercent(), counters, clock);
    started.push(desk);
    stream = stream(config, new HostFactsReader(Path.of("/")).read(), onFailure);
    WorkQueue queue = new WorkQueue(QUEUED_EVENTS, clock);
    DpkgDatabase packages = new DpkgDatabase(Path.of("/var/lib/dpkg"), clock);
    sensors = new AgentSensors(config, packages::mayOwn, this::detail, queue, clock);
    coverage = new CurrentCoverage(sensors.ladder()::coverage, governor);
    pipeline = pipeline(queue, packages, onFailure);
  }

  /**
   * Starts an agent.
   *
   * @throws IOException if a directory or socket cannot be used; what was started is stopped again
   */
  static AgentAssembly start(AgentConfig config, Clock clock, Runnable onFailure)
      throws IOException {
    AgentAssembly agent = new AgentAssembly(config, clock, onFailure);
    try {
      agent.started.push(agent.stream);
      agent.started.push(agent.sensors);
      agent.sensors.ladder().start();
      agent.desk.start();
      agent.stream.start(); // the first thing that it says is what is seen
      agent.pipeline.start();
      agent.started.push(agent.pipeline);
      agent.started.push(agent.sensors::stopSensors);
      agent.started.push(StatusSocket.open(config.statusSocket(), agent::status));
      return agent;
    } catch (IOException | RuntimeException e) {
      agent.close();
      throw e;
    }
  }

  private Pipeline pipeline(WorkQueue queue, DpkgDatabase packages, Runnable onFailure) {
    SpoolSink toSpool = new SpoolSink(spool, EventCodec::encode, clock);
    EventSink counted =
        event -> {
          ledger.accept(event);
          known.reported(event.event());
          if (event.event() instanceof Event.Repetition repetition) {
            counters.add(Counters.Counter.REPETITIONS, repetition.count());
          }
          toSpool.accept(event);
        };
    ProcessTable table = ProcessTable.ofDefaultSize();
    Repetitions repetitions = new Repetitions(counted, table::ancestry, clock, REMEMBERED_KINDS);
    PackageReports packageReports = new PackageReports(packages, clock, toSpool);
    CoverageReports coverageReports =
        new CoverageReports(
            coverage,
            event -> {
              ledger.accept(event);
              toSpool.accept(event);
            },
            clock);
    Containers containers = new Containers(Path.of("/proc"));
    Actors actors = new Actors(table, containers, sensors::identify);
    EventSink decided = new DecisionStage(new PolicyDecider(policies, clock), repetitions);
    CodeLoads loads =
        new CodeLoads(
            actors,
            packages,
            sensors.inspector(),
            new CodeLoads.Parts(queue::finish, decided, clock));
    Actions actions = new Actions(actors, toSpool, clock);
    ExecutionEnricher enricher =
        new ExecutionEnricher(
            table, containers, new UserNames(Path.of("/etc/passwd"), clock), packages);
    Executions executions =
        new Executions(
            enricher,
            decided,
            repetitions,
            new Executions.Versions(policies::version, sensors.inspector()::version),
            this::detail);
    // Wakes the pipeline, whose chores then look.
    sensors.ladder().onChange(_ -> queue.finish(() -> {}));
    Chores chores =
        () -> {
          reportLosses(toSpool, repetitions, loads);
          counters.add(Counters.Counter.COMMAND_LINES_SHED, executions.takeShed());
          return Chores.earliest(
              lookAtOurselves(),
              loads.sendDue(),
              actions.sendDue(),
              repetitions.sendDue(),
              coverageReports.sendIfChanged(),
              ledger.look(),
              packageReports.sendIfChanged());
        };
    return new Pipeline(
        new Pipeline.Parts(
            queue,
            sensors,
            table,
            sensors.inspector(),
            executions,
            loads,
            actions,
            decided,
            counters,
            clock,
            chores,
            () -> {
              loads.flush();
              actions.flush();
              repetitions.flush();
            },
            onFailure));
  }

  /** What the limit of processor time leaves room for. */
  private Detail detail() {
    return switch (governor.getAsInt()) {
      case 0 -> Detail.FULL;
      case 1 -> Detail.COUNTS;
      default -> Detail.BARE;
    };
  }

  /** Cheap: it is done after each batch of work, and with each heartbeat. */
  private Instant lookAtOurselves() {
    governor.look();
    sensors.ladder().look();
    boolean mayRise = governor.getAsInt() > 0;
    return mayRise ? clock.instant().plus(LOOK_WHILE_SHEDDING) : Instant.MAX;
  }

  /** What the spool lost may be what repetitions refer to. */
  private void reportLosses(SpoolSink toSpool, Repetitions repetitions, CodeLoads loads) {
    var losses = toSpool.reportLosses();
    if (!losses.isEmpty()) {
      for (Event.Loss loss : losses) {
        counters.lost(loss.cause(), loss.count());
        ledger.accept(new ObservedEvent(loss.to(), clock.instant(), loss));
      }
      repetitions.forget();
      loads.forget();
    }
  }

  private AgentStream stream(AgentConfig config, HostFacts host, Runnable onFailure) {
    return new AgentStream(
        new StreamParts(
            config.server(),
            new IdentityStore(config.identityDirectory()),
            spool,
            new Facts(host),
            new Orders(onFailure),
            desk,
            counters,
            clock,
            new SecureRandom()));
  }

  private final class Facts implements AgentFacts {
    private final HostFacts host;

    Facts(HostFacts host) {
      this.host = host;
    }

    @Override
    public String version() {
      return version;
    }

    @Override
    public HostFacts host() {
      return host;
    }

    @Override
    public Coverage coverage() {
      var _ = lookAtOurselves();
      return coverage.get();
    }

    @Override
    public SelfUsage usage() {
      return SelfUsage.read();
    }

    @Override
    public long policyVersion() {
      return policies.version();
    }
  }

  private final class Orders implements ServerOrders {
    private final Runnable onFailure;

    Orders(Runnable onFailure) {
      this.onFailure = onFailure;
    }

    @Override
    public void policy(byte[] encoded) {
      policies.offer(encoded);
    }

    @Override
    public void enrolledAnew() {
      policies.drop();
    }

    @Override
    public void spoolIsOutdated() {
      onFailure.run();
    }
  }

  /** Everything about the agent, now. */
  AgentStatus status() {
    governor.look();
    return new AgentStatus(
        version,
        startedAt,
        stream
            .identity()
            .map(i -> new AgentStatus.Identity(i.agentId(), i.expiresAt()))
            .orElse(null),
        stream.connection(),
        policies
            .current()
            .map(p -> new AgentStatus.PolicyState(p.group(), p.version(), p.mode()))
            .orElse(null),
        coverage.get(),
        spool.usage(),
        SelfUsage.read(),
        governor.usage(),
        pipeline.processes(),
        counters.counts(),
        counters.losses());
  }

  /** Stops everything in reverse order, within two seconds. */
  @Override
  public void close() {
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.atWarn()
            .addKeyValue("part", part.getClass().getSimpleName())
            .setCause(e)
            .log("not closed");
      }
    }
  }
}
