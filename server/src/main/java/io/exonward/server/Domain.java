package io.exonward.server;

import io.exonward.server.alert.AlertStore;
import io.exonward.server.alert.Alerts;
import io.exonward.server.alert.LineageAlerts;
import io.exonward.server.alert.Triage;
import io.exonward.server.coverage.CoverageStore;
import io.exonward.server.coverage.Coverages;
import io.exonward.server.gene.LineageStore;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Inventory;
import io.exonward.server.inventory.Transactions;
import io.exonward.server.policy.BaselineStore;
import io.exonward.server.policy.Baselines;
import io.exonward.server.policy.GroupStore;
import io.exonward.server.policy.Groups;
import io.exonward.server.policy.RuleStore;
import io.exonward.server.policy.Rules;
import io.exonward.server.store.Database;
import io.exonward.server.store.JdbcAlertStore;
import io.exonward.server.store.JdbcBaselineStore;
import io.exonward.server.store.JdbcCoverageStore;
import io.exonward.server.store.JdbcGroupStore;
import io.exonward.server.store.JdbcHostStore;
import io.exonward.server.store.JdbcInventoryStore;
import io.exonward.server.store.JdbcLineageStore;
import io.exonward.server.store.JdbcRuleStore;
import io.exonward.server.store.JdbcTransactions;
import java.nio.file.Path;
import java.time.Clock;

/** Inventory, policy, genes and alerts over one database. */
final class Domain {
  final Transactions transactions;
  final JdbcInventoryStore inventoryStore;
  final CoverageStore coverageStore;
  final Coverages coverages;
  final GroupStore groupStore;
  final RuleStore ruleStore;
  final BaselineStore baselineStore;
  final Hosts hosts;
  final Inventory inventory;
  final Groups groups;
  final Rules rules;
  final Baselines baselines;
  final GeneDomain genes;
  final Alerts alerts;
  final Triage triage;

  /**
   * @param geneIndex where the index of families lies
   */
  Domain(Database database, Path geneIndex, Clock clock) {
    transactions = new JdbcTransactions(database);
    inventoryStore = new JdbcInventoryStore(database);
    groupStore = new JdbcGroupStore(database);
    ruleStore = new JdbcRuleStore(database);
    baselineStore = new JdbcBaselineStore(database);
    AlertStore alertStore = new JdbcAlertStore(database);
    hosts = new Hosts(new JdbcHostStore(database), transactions, clock);
    coverageStore = new JdbcCoverageStore(database);
    coverages = new Coverages(coverageStore, hosts, clock);
    inventory = new Inventory(inventoryStore);
    groups = new Groups(groupStore, transactions, clock);
    rules = new Rules(ruleStore, groups, transactions, clock);
    baselines = new Baselines(baselineStore, groups, clock);
    LineageStore lineageStore = new JdbcLineageStore(database);
    alerts = new Alerts(alertStore, coverages, lineageStore, transactions, clock);
    genes =
        new GeneDomain(
            new GeneDomain.Parts(
                database,
                lineageStore,
                new LineageAlerts(alertStore, alerts, hosts, clock),
                transactions,
                clock),
            geneIndex);
    triage = new Triage(alertStore, alerts, rules, transactions, clock);
  }
}
