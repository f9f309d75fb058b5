package io.exonward.server.ingest;

import io.exonward.common.event.Event;
import io.exonward.common.policy.Mode;
import io.exonward.server.alert.Alert;
import io.exonward.server.alert.AlertFilter;
import io.exonward.server.alert.AlertStore;
import io.exonward.server.alert.Alerts;
import io.exonward.server.alert.Triage;
import io.exonward.server.coverage.CoverageStore;
import io.exonward.server.coverage.Coverages;
import io.exonward.server.inventory.EpochStore;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Inventory;
import io.exonward.server.inventory.InventoryStore;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.Transactions;
import io.exonward.server.policy.BaselineStore;
import io.exonward.server.policy.Baselines;
import io.exonward.server.policy.GroupStore;
import io.exonward.server.policy.Groups;
import io.exonward.server.policy.Learning;
import io.exonward.server.policy.PolicyDecider;
import io.exonward.server.policy.PolicySnapshots;
import io.exonward.server.policy.RuleStore;
import io.exonward.server.policy.Rules;
import io.exonward.server.store.Database;
import io.exonward.server.store.JdbcAlertStore;
import io.exonward.server.store.JdbcBaselineStore;
import io.exonward.server.store.JdbcCoverageStore;
import io.exonward.server.store.JdbcEpochStore;
import io.exonward.server.store.JdbcGroupStore;
import io.exonward.server.store.JdbcHostStore;
import io.exonward.server.store.JdbcInventoryStore;
import io.exonward.server.store.JdbcRuleStore;
import io.exonward.server.store.JdbcTransactions;
import io.exonward.server.store.PartitionKeeper;
import io.exonward.server.store.TestDatabase;
import io.exonward.server.store.TestGenes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The domain over a real database of its own, without listeners. */
final class TestServer implements AutoCloseable {
  static final String GROUP = "web";

  final SetClock clock;
  final TestDatabase testDatabase = TestDatabase.fresh();
  final Database database;
  final Transactions transactions;
  final InventoryStore inventoryStore;
  final CoverageStore coverageStore;
  final Coverages coverages;
  final EpochStore epochs;
  final Hosts hosts;
  final Inventory inventory;
  final Groups groups;
  final Rules rules;
  final Baselines baselines;
  final PolicyDecider decider;
  final PolicySnapshots policies;
  final Learning learning;
  final TestGenes genes;
  final Alerts alerts;
  final Triage triage;
  final IngestCounters counters = new IngestCounters();
  final Intake intake;
  final SilenceWatch silence;

  TestServer() {
    this(Samples.START);
  }

  TestServer(Instant start) {
    clock = new SetClock(start);
    var pool = testDatabase.dataSource();
    database = Database.open(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
    new PartitionKeeper(database, PartitionKeeper.DEFAULT_RETENTION, clock).tick();
    transactions = new JdbcTransactions(database);
    inventoryStore = new JdbcInventoryStore(database);
    epochs = new JdbcEpochStore(database);
    GroupStore groupStore = new JdbcGroupStore(database);
    RuleStore ruleStore = new JdbcRuleStore(database);
    BaselineStore baselineStore = new JdbcBaselineStore(database);
    AlertStore alertStore = new JdbcAlertStore(database);
    hosts = new Hosts(new JdbcHostStore(database), transactions, clock);
    coverageStore = new JdbcCoverageStore(database);
    coverages = new Coverages(coverageStore, hosts, clock);
    inventory = new Inventory(inventoryStore);
    groups = new Groups(groupStore, transactions, clock);
    rules = new Rules(ruleStore, groups, transactions, clock);
    baselines = new Baselines(baselineStore, groups, clock);
    decider = new PolicyDecider(ruleStore, baselineStore, clock);
    policies = new PolicySnapshots(groups, ruleStore, baselineStore, transactions, clock);
    learning = new Learning(groupStore, baselineStore, clock);
    alerts =
        new Alerts(alertStore, coverages, TestGenes.lineageStore(database), transactions, clock);
    genes = new TestGenes(database, alerts, alertStore, hosts, transactions, clock);
    triage = new Triage(alertStore, alerts, rules, transactions, clock);
    intake = intake(epochs);
    silence = new SilenceWatch(hosts, alerts, transactions, clock);
  }

  Intake intake(EpochStore epochStore) {
    return new Intake(
        epochStore,
        inventoryStore,
        coverageStore,
        hosts,
        groups,
        decider,
        learning,
        genes.analyses,
        genes.lineages,
        alerts,
        transactions,
        clock,
        counters);
  }

  /** A host in a group of that mode. */
  SpoolingAgent agent(Mode mode) {
    if (groups.find(GROUP).isEmpty()) {
      groups.create(GROUP, mode, null);
    }
    UUID id = UUID.randomUUID();
    Host host = hosts.enroll(id, "host-" + id.toString().substring(0, 8), GROUP, id.toString());
    return new SpoolingAgent(host, UUID.randomUUID());
  }

  List<Alert> allAlerts() {
    return alerts.list(AlertFilter.ANY, PageRequest.first(100)).items();
  }

  /** The only alert there is. */
  Alert onlyAlert() {
    List<Alert> all = allAlerts();
    if (all.size() != 1) {
      throw new AssertionError("one alert expected, but there are " + all);
    }
    return all.getFirst();
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public void close() {
    database.close();
    testDatabase.close();
  }

  /** One agent with its spool. */
  final class SpoolingAgent {
    final Host host;
    final UUID epoch;
    private long sequence;

    SpoolingAgent(Host host, UUID epoch) {
      this.host = host;
      this.epoch = epoch;
    }

    /** Sends new events and returns what is acknowledged. */
    long send(Event... events) {
      long first = sequence + 1;
      sequence += events.length;
      return intake.take(host.id(), epoch, Samples.from(first, events));
    }
  }
}
