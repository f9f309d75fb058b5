package io.exonward.server.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a table for each day of executions and of actions ahead of time and drops what is older
 * than is to be kept, with the other records of that time. Thread-safe.
 */
public final class PartitionKeeper {
  /** How long executions are kept unless said otherwise. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

  private static final int DAYS_AHEAD = 7;
  private static final List<String> TABLES = List.of("execution", "action");
  private static final Duration STEP = Duration.ofDays(1);

  /** Code loads of one host that are kept, those reported last: a busy host has some thousands. */
  private static final int LOADS_KEPT = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(PartitionKeeper.class);
  private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;

  private final Database database;
  private final Duration retention;
  private final Clock clock;

  /**
   * @param retention at least one day
   */
  public PartitionKeeper(Database database, Duration retention, Clock clock) {
    if (retention.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("executions are kept for at least 1d, not " + retention);
    }
    this.database = database;
    this.retention = retention;
    this.clock = clock;
  }

  /** To be called before the first event and then every hour. */
  public void tick() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    database.use(handle -> {
      Instant keptSince = advance(handle).minus(retention);
      LocalDate first = LocalDate.ofInstant(keptSince, ZoneOffset.UTC);
      for (String table : TABLES) {
        // Yesterday too: a batch can have begun before midnight.
        today
            .minusDays(1)
            .datesUntil(today.plusDays(DAYS_AHEAD))
            .forEach(day -> make(handle, table, day));
        days(handle, table).stream()
            .filter(day -> day.isBefore(first))
            .forEach(day -> drop(handle, table, day));
      }
      List.of("loss", "unrecognized_event", "code_load")
          .forEach(table -> forget(handle, table, "ingested_at", keptSince));
      forget(handle, "execution_hour", "hour", keptSince);
      List.of("coverage_statement", "connectivity")
          .forEach(table -> forgetSuperseded(handle, table, keptSince));
      boundLoads(handle);
    });
  }

  /**
   * Moves the time that retention goes by on to now, but by one step at most: a clock that jumps
   * ahead must not drop everything before somebody notices; after a long stop it catches up.
   */
  private Instant advance(Handle handle) {
    Instant now = clock.instant();
    Instant at =
        handle
            .createQuery(
                """
                insert into retention_clock (at) values (:now)
                on conflict (one) do update set
                  at = least(excluded.at, retention_clock.at + :days * interval '1 day')
                returning at\
                """)
            .bind("now", Columns.at(now))
            .bind("days", STEP.toDays())
            .map((row, _) -> Columns.instant(row, "at"))
            .one();
    if (at.plus(STEP).isBefore(now)) {
      LOG.atWarn()
          .addKeyValue("now", now)
          .addKeyValue("retention_at", at)
          .log("the clock is far ahead of the last run: old records go one day an hour");
    }
    return at;
  }

  // Names and bounds of partitions cannot be parameters; they are our words and a date.
  private static void make(Handle handle, String table, LocalDate day) {
    handle.execute(
        "create table if not exists %s partition of %s for values from ('%s 00:00+00') to ('%s 00:00+00')"
            .formatted(partition(table, day), table, day, day.plusDays(1)));
  }

  private static void drop(Handle handle, String table, LocalDate day) {
    handle.execute("drop table " + partition(table, day));
  }

  private static String partition(String table, LocalDate day) {
    return table + "_" + SUFFIX.format(day);
  }

  private static List<LocalDate> days(Handle handle, String table) {
    return handle
        .createQuery(
            "select inhrelid::regclass::text from pg_inherits where inhparent = :table::regclass")
        .bind("table", table)
        .mapTo(String.class)
        .list()
        .stream()
        .map(name -> day(table, name))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<LocalDate> day(String table, String partition) {
    try {
      return Optional.of(LocalDate.parse(partition.substring(table.length() + 1), SUFFIX));
    } catch (DateTimeParseException | StringIndexOutOfBoundsException _) {
      return Optional.empty(); // somebody else's partition
    }
  }

  /** What held when the kept time begins stays, however old it is. */
  private static void forgetSuperseded(Handle handle, String table, Instant keptSince) {
    handle
        .createUpdate(
            "delete from %1$s old where since < :keptSince and exists (select from %1$s newer "
                    .formatted(table)
                + "where newer.host_id = old.host_id and newer.since > old.since "
                + "and newer.since <= :keptSince)")
        .bind("keptSince", Columns.at(keptSince))
        .execute();
  }

  /** A hostile agent can name as many paths as it likes. */
  private static void boundLoads(Handle handle) {
    handle
        .createUpdate(
            """
            delete from code_load where id in (
              select id from (select id, row_number() over
                (partition by host_id order by ingested_at desc, id desc) as place
                from code_load) ranked
              where place > :kept)\
            """)
        .bind("kept", LOADS_KEPT)
        .execute();
  }

  private static void forget(Handle handle, String table, String column, Instant keptSince) {
    handle
        .createUpdate("delete from " + table + " where " + column + " < :keptSince")
        .bind("keptSince", Columns.at(keptSince))
        .execute();
  }
}
