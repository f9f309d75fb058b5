package io.exonward.server.store;

import io.exonward.server.alert.AlertStore.Occurrences;
import io.exonward.server.detect.Detection;
import io.exonward.server.detect.Evidence;
import io.exonward.server.detect.Exhibit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Adds what one batch says of one alert. The alert's row is locked by the caller. */
record OccurrenceWriter(Handle handle, long alertId) {
  /** Newest rows of evidence that are kept beside the first. */
  private static final int NEWEST = 19;

  void write(Occurrences occurrences) {
    int newHosts = countOnHost(occurrences);
    handle
        .createUpdate(
            """
            update alert set
              severity = greatest(severity, :severity::smallint),
              detections = (select array_agg(distinct kind order by kind)
                from unnest(detections || :kinds) as kind),
              occurrences = occurrences + :count,
              host_count = host_count + :newHosts,
              executable = coalesce(executable, :executable),
              first_at = least(first_at, :first),
              last_at = greatest(last_at, :last),
              coverage = coalesce(:coverage, coverage)
            where id = :id\
            """)
        .bind("id", alertId)
        .bind("severity", severity(occurrences))
        .bindArray("kinds", String.class, kinds(occurrences))
        .bind("count", count(occurrences))
        .bind("newHosts", newHosts)
        .bind("executable", occurrences.detections().getFirst().subject().executable())
        .bind("first", Columns.at(first(occurrences)))
        .bind("last", Columns.at(last(occurrences)))
        .bind("coverage", Columns.nameOrNull(occurrences.coverage()))
        .execute();
    addEvidence(occurrences.detections());
  }

  private int countOnHost(Occurrences occurrences) {
    boolean isNew =
        handle
            .createQuery(
                """
                insert into alert_host (alert_id, host_id, hostname, occurrences, first_at, last_at)
                values (:alert, :host, :hostname, :count, :first, :last)
                on conflict (alert_id, host_id) do update set
                  hostname = excluded.hostname,
                  occurrences = alert_host.occurrences + excluded.occurrences,
                  first_at = least(alert_host.first_at, excluded.first_at),
                  last_at = greatest(alert_host.last_at, excluded.last_at)
                returning xmax = 0\
                """) // 0: inserted, not updated
            .bind("alert", alertId)
            .bind("host", occurrences.hostId())
            .bind("hostname", occurrences.detections().getFirst().evidence().hostname())
            .bind("count", count(occurrences))
            .bind("first", Columns.at(first(occurrences)))
            .bind("last", Columns.at(last(occurrences)))
            .mapTo(Boolean.class)
            .one();
    return isNew ? 1 : 0;
  }

  private void addEvidence(List<Detection> detections) {
    List<Detection> kept = new ArrayList<>(detections);
    if (kept.size() > NEWEST + 1) {
      kept.subList(1, kept.size() - NEWEST).clear();
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into alert_evidence
              (alert_id, occurred_at, host_id, hostname, kind, summary, execution, load, action, loss)
            values (:alert, :at, :host, :hostname, :kind, :summary, :execution::jsonb, :load::jsonb,
              :action::jsonb, :loss::jsonb)
            """);
    kept.forEach(detection -> add(batch, detection.evidence()));
    batch.execute();
    handle
        .createUpdate(
            """
            delete from alert_evidence where alert_id = :alert
              and id > (select min(id) from alert_evidence where alert_id = :alert)
              and id <= (select id from alert_evidence where alert_id = :alert
                order by id desc offset :newest limit 1)\
            """)
        .bind("alert", alertId)
        .bind("newest", NEWEST)
        .execute();
  }

  private void add(PreparedBatch batch, Evidence evidence) {
    Exhibit exhibit = evidence.exhibit();
    batch
        .bind("alert", alertId)
        .bind("at", Columns.at(evidence.occurredAt()))
        .bind("host", evidence.hostId())
        .bind("hostname", evidence.hostname())
        .bind("kind", evidence.kind().name())
        .bind("summary", evidence.summary());
    Stream.of("execution", "load", "action", "loss")
        .forEach(column -> batch.bind(column, exhibit == null ? null : json(exhibit, column)));
    batch.add();
  }

  /** Null for the columns of other kinds. */
  private static @Nullable String json(Exhibit exhibit, String column) {
    ObjectNode node =
        switch (exhibit) {
          case Exhibit.Executed(var execution) when column.equals("execution") ->
              ExecutionJson.writeRecord(execution);
          case Exhibit.Loaded(var load) when column.equals("load") -> LoadJson.write(load);
          case Exhibit.Acted(var action) when column.equals("action") ->
              LoadJson.writeAction(action);
          case Exhibit.Lost(var loss) when column.equals("loss") -> HostJson.writeLoss(loss);
          case Exhibit.Executed _, Exhibit.Loaded _, Exhibit.Acted _, Exhibit.Lost _ -> null;
        };
    return node == null ? null : node.toString();
  }

  /** What several detectors match is one occurrence: they all hold the same exhibit. */
  private static long count(Occurrences occurrences) {
    Set<Exhibit> counted = Collections.newSetFromMap(new IdentityHashMap<>());
    long count = 0;
    for (Detection detection : occurrences.detections()) {
      Exhibit exhibit = detection.evidence().exhibit();
      if (exhibit == null || counted.add(exhibit)) {
        count += detection.count();
      }
    }
    return count;
  }

  private static int severity(Occurrences occurrences) {
    return occurrences.detections().stream()
        .mapToInt(detection -> detection.kind().severity().rank())
        .max()
        .orElseThrow();
  }

  private static Object[] kinds(Occurrences occurrences) {
    return occurrences.detections().stream()
        .map(detection -> detection.kind().name())
        .distinct()
        .toArray();
  }

  private static Instant first(Occurrences occurrences) {
    return times(occurrences).getFirst();
  }

  private static Instant last(Occurrences occurrences) {
    return times(occurrences).getLast();
  }

  private static List<Instant> times(Occurrences occurrences) {
    return occurrences.detections().stream()
        .map(detection -> detection.evidence().occurredAt())
        .sorted(Comparator.naturalOrder())
        .toList();
  }
}
