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

/**
 * Makes a table for each day of executions ahead of time and drops what is older than is to be
 * kept, with the other records of that time. Thread-safe.
 */
public final class PartitionKeeper {
  /** How long executions are kept unless said otherwise. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

  private static final int DAYS_AHEAD = 7;
  private static final String PREFIX = "execution_";
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
    Instant keptSince = clock.instant().minus(retention);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    database.use(handle -> {
      // Yesterday too: a batch can have begun before midnight.
      today.minusDays(1).datesUntil(today.plusDays(DAYS_AHEAD)).forEach(day -> make(handle, day));
      LocalDate first = LocalDate.ofInstant(keptSince, ZoneOffset.UTC);
      days(handle).stream().filter(day -> day.isBefore(first)).forEach(day -> drop(handle, day));
      List.of("loss", "coverage_history", "unrecognized_event")
          .forEach(table -> forget(handle, table, "ingested_at", keptSince));
      forget(handle, "execution_hour", "hour", keptSince);
    });
  }

  // Names and bounds of partitions cannot be parameters; both are made from a date alone.
  private static void make(Handle handle, LocalDate day) {
    handle.execute(
        "create table if not exists %s partition of execution for values from ('%s 00:00+00') to ('%s 00:00+00')"
            .formatted(PREFIX + SUFFIX.format(day), day, day.plusDays(1)));
  }

  private static void drop(Handle handle, LocalDate day) {
    handle.execute("drop table " + PREFIX + SUFFIX.format(day));
  }

  private static List<LocalDate> days(Handle handle) {
    return handle
        .createQuery(
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'execution'::regclass")
        .mapTo(String.class)
        .list()
        .stream()
        .map(PartitionKeeper::day)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<LocalDate> day(String table) {
    try {
      return Optional.of(LocalDate.parse(table.substring(PREFIX.length()), SUFFIX));
    } catch (DateTimeParseException | StringIndexOutOfBoundsException _) {
      return Optional.empty(); // somebody else's partition
    }
  }

  private static void forget(Handle handle, String table, String column, Instant keptSince) {
    handle
        .createUpdate("delete from " + table + " where " + column + " < :keptSince")
        .bind("keptSince", Columns.at(keptSince))
        .execute();
  }
}
