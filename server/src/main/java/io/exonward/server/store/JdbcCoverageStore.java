package io.exonward.server.store;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Event;
import io.exonward.server.coverage.CoverageStore;
import io.exonward.server.coverage.FleetCoverage;
import io.exonward.server.coverage.FleetCoverage.BlindSpot;
import io.exonward.server.inventory.HostState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The ledger of coverage in PostgreSQL. Thread-safe. */
public final class JdbcCoverageStore implements CoverageStore {
  private static final int MOST = 5_000;
  private static final int BLIND_SPOTS = 10;
  private static final String HEARD =
      "(h.banned_at is null and h.last_seen_at >= :silentBefore and h.level is not null)";

  private final Database database;

  public JdbcCoverageStore(Database database) {
    this.database = database;
  }

  /** An agent's clock is a claim: a statement about the future is one about now. */
  @Override
  public void record(UUID host, Coverage coverage, Instant ingestedAt) {
    Instant since = coverage.since().isAfter(ingestedAt) ? ingestedAt : coverage.since();
    database.use(handle ->
        handle
            .createUpdate(
                """
                insert into coverage_statement (host_id, since, ingested_at, level, coverage)
                values (:host, :since, :at, :level, :coverage::jsonb)
                on conflict (host_id, since) do update set ingested_at = excluded.ingested_at,
                  level = excluded.level, coverage = excluded.coverage\
                """)
            .bind("host", host)
            .bind("since", Columns.at(since))
            .bind("at", Columns.at(ingestedAt))
            .bind("level", coverage.level().name())
            .bind("coverage", HostJson.writeCoverage(coverage).toString())
            .execute());
  }

  @Override
  public List<StatementRow> listStatements(UUID host, Instant from, Instant to) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select since, coverage from coverage_statement
                where host_id = :host and since < :to and since >= coalesce(
                  (select max(since) from coverage_statement where host_id = :host and since <= :from),
                  '-infinity')
                order by since desc limit :limit\
                """)
            .bind("host", host)
            .bind("from", Columns.at(from))
            .bind("to", Columns.at(to))
            .bind("limit", MOST)
            .map((row, _) ->
                new StatementRow(
                    Columns.instant(row, "since"),
                    Json.parseOrNull(row.getString("coverage"), HostJson::readCoverage)))
            .list());
  }

  @Override
  public List<Event.Loss> listLosses(UUID host, Instant from, Instant to) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select * from loss where host_id = :host and to_at >= :from and from_at < :to
                order by to_at desc limit :limit\
                """)
            .bind("host", host)
            .bind("from", Columns.at(from))
            .bind("to", Columns.at(to))
            .bind("limit", MOST)
            .map((row, _) -> HostRows.loss(row))
            .list());
  }

  @Override
  public List<ConnectivityChange> listConnectivity(UUID host, Instant from, Instant to) {
    List<ConnectivityChange> newestFirst =
        database.with(handle ->
            handle
                .createQuery(
                    """
                    select since, state from connectivity
                    where host_id = :host and since < :to and since >= coalesce(
                      (select max(since) from connectivity where host_id = :host and since <= :from),
                      '-infinity')
                    order by since desc limit :limit\
                    """)
                .bind("host", host)
                .bind("from", Columns.at(from))
                .bind("to", Columns.at(to))
                .bind("limit", MOST)
                .map((row, _) ->
                    new ConnectivityChange(
                        Columns.instant(row, "since"), HostState.valueOf(row.getString("state"))))
                .list());
    return newestFirst.reversed();
  }

  @Override
  public FleetCoverage readFleet(Instant since, Instant silentBefore) {
    return database.with(handle -> {
      Map<SensorLevel, Integer> levels = levels(handle, silentBefore);
      List<BlindSpot> blindSpots = blindSpots(handle, silentBefore);
      int heard = levels.values().stream().mapToInt(Integer::intValue).sum();
      return handle
          .createQuery(
              """
              select count(*) as hosts, count(*) filter (where lossy) as lossy,
                count(*) filter (where heard and stated and not fell and not lossy) as whole
              from (select %s as heard,
                exists (select from loss l where l.host_id = h.id and l.to_at >= :since) as lossy,
                exists (select from coverage_statement s where s.host_id = h.id and s.since > :since
                  and s.level is distinct from 'FULL') as fell,
                coalesce((select coalesce(s.level, '') = 'FULL' from coverage_statement s
                    where s.host_id = h.id and s.since <= :since order by s.since desc limit 1),
                  h.enrolled_at > :since) as stated
                from host h where h.banned_at is null) h\
              """
                  .formatted(HEARD))
          .bind("since", Columns.at(since))
          .bind("silentBefore", Columns.at(silentBefore))
          .map((row, _) -> fleet(row, since, levels, heard, blindSpots))
          .one();
    });
  }

  private static FleetCoverage fleet(
      ResultSet row,
      Instant since,
      Map<SensorLevel, Integer> levels,
      int heard,
      List<BlindSpot> blindSpots)
      throws SQLException {
    int hosts = row.getInt("hosts");
    return new FleetCoverage(
        since, hosts, row.getInt("whole"), row.getInt("lossy"), levels, hosts - heard, blindSpots);
  }

  private static Map<SensorLevel, Integer> levels(Handle handle, Instant silentBefore) {
    Map<SensorLevel, Integer> levels = new EnumMap<>(SensorLevel.class);
    handle
        .createQuery(
            "select h.level, count(*) as hosts from host h where " + HEARD + " group by h.level")
        .bind("silentBefore", Columns.at(silentBefore))
        .map(
            (row, _) -> Map.entry(SensorLevel.valueOf(row.getString("level")), row.getInt("hosts")))
        .forEach(entry -> levels.put(entry.getKey(), entry.getValue()));
    return levels;
  }

  private static List<BlindSpot> blindSpots(Handle handle, Instant silentBefore) {
    return handle
        .createQuery(
            """
            select spot, count(*) as hosts from host h,
              jsonb_array_elements_text(h.coverage -> 'blind_spots') spot
            where %s group by spot order by hosts desc, spot limit :limit\
            """
                .formatted(HEARD))
        .bind("silentBefore", Columns.at(silentBefore))
        .bind("limit", BLIND_SPOTS)
        .map((row, _) -> new BlindSpot(row.getString("spot"), row.getInt("hosts")))
        .list();
  }
}
