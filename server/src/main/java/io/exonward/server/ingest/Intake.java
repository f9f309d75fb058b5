package io.exonward.server.ingest;

import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.HostFacts;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Mode;
import io.exonward.common.wire.SequencedEvent;
import io.exonward.server.alert.Alerts;
import io.exonward.server.coverage.CoverageStore;
import io.exonward.server.detect.ActionDetectors;
import io.exonward.server.detect.CodeDetectors;
import io.exonward.server.detect.Detection;
import io.exonward.server.detect.HostDetectors;
import io.exonward.server.detect.JudgedCode;
import io.exonward.server.gene.Analyses;
import io.exonward.server.gene.Lineage;
import io.exonward.server.gene.Lineages;
import io.exonward.server.inventory.Connection;
import io.exonward.server.inventory.EpochStore;
import io.exonward.server.inventory.ExecutionRecord;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostState;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.InventoryStore;
import io.exonward.server.inventory.InventoryStore.ReportedCode;
import io.exonward.server.inventory.InventoryStore.ReportedLoad;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.Transactions;
import io.exonward.server.policy.Groups;
import io.exonward.server.policy.HostGroup;
import io.exonward.server.policy.Learning;
import io.exonward.server.policy.Learning.SeenCode;
import io.exonward.server.policy.PolicyDecider;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores what agents say, judges it and raises alerts. Each call is one transaction: when it
 * returns, everything is durable; when it throws, nothing has happened. Thread-safe.
 *
 * <p>Cost: some twenty statements for a batch, however many events it has, and a few more for each
 * alert that it touches.
 */
public final class Intake {
  private final EpochStore epochs;
  private final InventoryStore inventory;
  private final CoverageStore ledger;
  private final Hosts hosts;
  private final Groups groups;
  private final PolicyDecider decider;
  private final Learning learning;
  private final Analyses analyses;
  private final Lineages lineages;
  private final Alerts alerts;
  private final Transactions transactions;
  private final Clock clock;
  private final IngestCounters counters;

  /** All of it lives as long as the server. */
  public Intake(
      EpochStore epochs,
      InventoryStore inventory,
      CoverageStore ledger,
      Hosts hosts,
      Groups groups,
      PolicyDecider decider,
      Learning learning,
      Analyses analyses,
      Lineages lineages,
      Alerts alerts,
      Transactions transactions,
      Clock clock,
      IngestCounters counters) {
    this.epochs = epochs;
    this.inventory = inventory;
    this.ledger = ledger;
    this.hosts = hosts;
    this.groups = groups;
    this.decider = decider;
    this.learning = learning;
    this.analyses = analyses;
    this.lineages = lineages;
    this.alerts = alerts;
    this.transactions = transactions;
    this.clock = clock;
    this.counters = counters;
  }

  /** What is stored of an epoch. */
  long acknowledged(UUID host, UUID epoch) {
    return epochs.read(host, epoch);
  }

  /** An agent connected; its coverage may have fallen, its machine be another. */
  Host connect(UUID id, Connection connection) {
    return transactions.call(() -> {
      Host before = require(id);
      List<Detection> found = new ArrayList<>();
      Coverage coverage = connection.coverage();
      if (coverage != null) {
        HostDetectors.coverageChange(before, before.level(), coverage).ifPresent(found::add);
        ledger.record(id, coverage, connection.at());
      }
      HostFacts facts = connection.facts();
      String machineId = facts == null ? null : facts.machineId();
      if (machineId != null && !machineId.equals(before.machineId())) {
        found.add(HostDetectors.foreignMachine(before, machineId, connection.at()));
      }
      raise(before, found, coverage == null ? before.level() : coverage.level());
      return hosts.connected(id, connection);
    });
  }

  /** The sensors of a connected agent changed. */
  void changeCoverage(UUID id, Coverage coverage) {
    transactions.run(() -> {
      Host host = require(id);
      List<Detection> found = new ArrayList<>();
      SensorLevel level = changeCoverage(host, List.of(coverage), found, clock.instant());
      raise(host, found, level);
      hosts.heard(id, coverage, null);
    });
  }

  /**
   * Takes one message's events.
   *
   * @return what is durable now
   */
  public long take(UUID id, UUID epoch, List<SequencedEvent> events) {
    return transactions.call(() -> {
      Instant now = clock.instant();
      long last = epochs.lock(id, epoch, now);
      Batch batch = Batch.of(events, last, now);
      if (batch.lastSequence() > last) {
        store(require(id), batch, now);
        epochs.advance(id, epoch, batch.lastSequence());
      }
      transactions.afterCommit(
          () -> counters.countEvents(events.size() - batch.duplicates(), batch.duplicates()));
      return batch.lastSequence();
    });
  }

  private void store(Host host, Batch batch, Instant now) {
    inventory.insertLosses(host.id(), batch.losses(), now);
    batch.packages().forEach(part -> inventory.recordPackages(host.id(), part));
    inventory.insertUnrecognized(host.id(), batch.unrecognized(), now);
    List<Detection> found = new ArrayList<>();
    batch.losses().forEach(loss -> HostDetectors.loss(host, loss).ifPresent(found::add));
    found.addAll(storeCode(host, batch, now));
    SensorLevel level = changeCoverage(host, batch.coverages(), found, now);
    raise(host, found, level);
    if (!batch.coverages().isEmpty()) {
      hosts.heard(host.id(), batch.coverages().getLast(), null);
    }
  }

  private List<Detection> storeCode(Host host, Batch batch, Instant now) {
    ReportedCode reported = new ReportedCode(batch.executions(), batch.loads());
    inventory.insertActions(host.id(), batch.actions(), now);
    if (!batch.hasCode() && batch.actions().isEmpty() && batch.packages().isEmpty()) {
      return List.of();
    }
    HostGroup group = groups.read(host.group());
    ReportedCode judged = Judgement.judge(decider, group, reported);
    List<ExecutionRecord> records = inventory.insertCode(host.id(), judged, now);
    if (group.mode() == Mode.LEARN) {
      learning.learn(
          group.name(),
          seen(judged),
          batch.packages().stream().flatMap(part -> part.packages().stream()).toList());
    }
    analyses.seen(host.id(), CodeSightings.of(judged));
    List<Detection> found = new ArrayList<>(detect(host, records, judged.loads()));
    if (group.mode() != Mode.LEARN) {
      batch.actions().forEach(it -> ActionDetectors.detect(host, it).ifPresent(found::add));
    }
    return found;
  }

  /** All that a policy judges. What an interpreter opens is not: it can be data. */
  private static List<SeenCode> seen(ReportedCode code) {
    return Stream.concat(
            code.executions().stream()
                .map(it -> new SeenCode(it.execution().code(), it.execution().executable())),
            code.loads().stream()
                .map(ReportedLoad::load)
                .filter(load -> load.kind() != CodeLoadKind.OPENED)
                .map(load -> new SeenCode(load.code(), load.path())))
        .toList();
  }

  private List<Detection> detect(
      Host host, List<ExecutionRecord> executions, List<ReportedLoad> loads) {
    List<JudgedCode> judged =
        Stream.concat(
                executions.stream()
                    .map(it ->
                        JudgedCode.of(host, it, Objects.requireNonNull(it.execution().decision()))),
                loads.stream().map(it -> JudgedCode.of(host, it)).flatMap(Optional::stream))
            .toList();
    Map<Sha256, Lineage> known =
        lineages.findAll(
            judged.stream()
                .flatMap(it -> it.code().hash().findSha256().stream())
                .collect(Collectors.toSet()));
    return judged.stream()
        .map(it -> it.with(it.code().hash().findSha256().map(known::get).orElse(null)))
        .flatMap(it -> CodeDetectors.detect(it).stream())
        .toList();
  }

  private @Nullable SensorLevel changeCoverage(
      Host host, List<Coverage> coverages, List<Detection> found, Instant now) {
    SensorLevel level = host.level();
    for (Coverage coverage : coverages) {
      HostDetectors.coverageChange(host, level, coverage).ifPresent(found::add);
      ledger.record(host.id(), coverage, now);
      level = coverage.level();
    }
    return level;
  }

  private void raise(Host host, List<Detection> found, @Nullable SensorLevel level) {
    if (!found.isEmpty()) {
      alerts.raise(host.group(), host.id(), found, level);
    }
  }

  /** A ban can come while a batch is on its way. */
  private Host require(UUID id) {
    Host host = hosts.find(id).orElseThrow(() -> RefusedException.notFound("host", id));
    if (host.state() == HostState.BANNED) {
      throw new RefusedException(RefusedException.Kind.CONFLICT, "the host is banned");
    }
    return host;
  }
}
