package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.server.alert.Alert;
import io.exonward.server.alert.AlertFigures;
import io.exonward.server.alert.AlertFilter;
import io.exonward.server.alert.AlertHistory;
import io.exonward.server.alert.AlertHost;
import io.exonward.server.alert.AlertStore;
import io.exonward.server.detect.Detection;
import io.exonward.server.detect.Evidence;
import io.exonward.server.detect.LineageDetectors.Past;
import io.exonward.server.detect.Severity;
import io.exonward.server.detect.Subject;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Alerts in PostgreSQL. Thread-safe. */
public final class JdbcAlertStore implements AlertStore {
  private static final int HOSTS = 100;
  private static final int HISTORY = 500;

  private final Database database;

  public JdbcAlertStore(Database database) {
    this.database = database;
  }

  @Override
  public Opened open(String group, Detection first, Instant now) {
    byte[] subject =
        Sha256.digest(first.subject().key().getBytes(StandardCharsets.UTF_8)).toBytes();
    return database.with(handle -> {
      boolean isNew = insert(handle, group, first, subject, now);
      Alert alert =
          handle
              .createQuery(
                  """
                  select * from alert where group_name = :group and subject = :subject
                  for update\
                  """)
              .bind("group", group)
              .bind("subject", subject)
              .map((row, _) -> AlertRows.alert(row))
              .one();
      return new Opened(alert, isNew);
    });
  }

  /** Looks before it inserts: a refused insertion uses up a number, and people read the numbers. */
  private static boolean insert(
      Handle handle, String group, Detection first, byte[] subjectKey, Instant now) {
    Subject subject = first.subject();
    int added =
        handle
            .createUpdate(
                """
                insert into alert (group_name, subject, title, severity, status, detections, sha256,
                  origin, executable, occurrences, host_count, raised_at, first_at, last_at)
                select :group, :subject, :title, :severity, 'NEW', '{}', :sha256,
                  :origin, :executable, 0, 0, :now, :at, :at
                where not exists
                  (select from alert where group_name = :group and subject = :subject)
                on conflict (group_name, subject) do nothing\
                """)
            .bind("group", group)
            .bind("subject", subjectKey)
            .bind("title", first.title())
            .bind("severity", first.kind().severity().rank())
            .bind("sha256", Columns.bytesOrNull(subject.sha256()))
            .bind("origin", Columns.nameOrNull(subject.origin()))
            .bind("executable", subject.executable())
            .bind("now", Columns.at(now))
            .bind("at", Columns.at(first.evidence().occurredAt()))
            .execute();
    return added == 1;
  }

  @Override
  public Optional<Alert> lock(long id) {
    return select(id, " for update");
  }

  @Override
  public Optional<Alert> find(long id) {
    return select(id, "");
  }

  private Optional<Alert> select(long id, String suffix) {
    return database.with(handle ->
        handle
            .createQuery("select * from alert where id = :id" + suffix)
            .bind("id", id)
            .map((row, _) -> AlertRows.alert(row))
            .findOne());
  }

  @Override
  public void addOccurrences(long id, Occurrences occurrences) {
    database.use(handle -> new OccurrenceWriter(handle, id).write(occurrences));
  }

  @Override
  public void settle(long id, Settlement settlement) {
    database.use(handle ->
        handle
            .createUpdate(
                """
                update alert set status = :status, verdict = :verdict, reason = :reason,
                  assignee = :assignee, reopened = :reopened, rule_id = :ruleId
                where id = :id\
                """)
            .bind("id", id)
            .bind("status", settlement.status().name())
            .bind("verdict", Columns.nameOrNull(settlement.verdict()))
            .bind("reason", settlement.reason())
            .bind("assignee", settlement.assignee())
            .bind("reopened", settlement.reopened())
            .bind("ruleId", settlement.ruleId())
            .execute());
  }

  @Override
  public void addHistory(long id, AlertHistory step) {
    database.use(handle ->
        handle
            .createUpdate(
                """
                insert into alert_history (alert_id, at, actor, action, detail)
                values (:id, :at, :actor, :action, :detail)\
                """)
            .bind("id", id)
            .bind("at", Columns.at(step.at()))
            .bind("actor", step.actor())
            .bind("action", step.action().name())
            .bind("detail", step.detail())
            .execute());
  }

  @Override
  public List<Alert> lockOpen(Sha256 sha256) {
    return database.with(handle -> AlertQuery.lockOpen(handle, sha256));
  }

  @Override
  public void retitle(long id, String title, Severity severity) {
    database.use(handle ->
        handle
            .createUpdate("update alert set title = :title, severity = :severity where id = :id")
            .bind("id", id)
            .bind("title", title)
            .bind("severity", severity.rank())
            .execute());
  }

  @Override
  public List<Past> listPast(Sha256 sha256, Instant now) {
    return database.with(handle -> AlertQuery.listPast(handle, sha256, now));
  }

  @Override
  public Page<Alert> list(AlertFilter filter, PageRequest page) {
    return database.with(handle -> AlertQuery.run(handle, filter, page));
  }

  @Override
  public List<Evidence> listEvidence(long id) {
    return database.with(handle ->
        handle
            .createQuery("select * from alert_evidence where alert_id = :id order by id")
            .bind("id", id)
            .map((row, _) -> AlertRows.evidence(row))
            .list());
  }

  @Override
  public List<AlertHost> listHosts(long id) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select * from alert_host where alert_id = :id
                order by occurrences desc, hostname, host_id limit :limit\
                """)
            .bind("id", id)
            .bind("limit", HOSTS)
            .map((row, _) -> AlertRows.host(row))
            .list());
  }

  @Override
  public List<AlertHistory> listHistory(long id) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select * from (select * from alert_history where alert_id = :id
                  order by id desc limit :limit) newest order by id\
                """)
            .bind("id", id)
            .bind("limit", HISTORY)
            .map((row, _) -> AlertRows.history(row))
            .list());
  }

  @Override
  public Map<UUID, Integer> countOpen(Collection<UUID> hosts) {
    return database.with(handle -> AlertQuery.countOpen(handle, hosts));
  }

  @Override
  public AlertFigures readFigures(Instant since) {
    return database.with(handle -> AlertQuery.figures(handle, since));
  }
}
