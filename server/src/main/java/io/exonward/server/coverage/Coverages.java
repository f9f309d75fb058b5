package io.exonward.server.coverage;

import io.exonward.common.event.Event;
import io.exonward.server.coverage.CoverageStore.ConnectivityChange;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostState;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.RefusedException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What could be seen when, on one host and on all. Thread-safe. */
public final class Coverages {
  /** The longest time that is asked about at once. */
  public static final Duration LONGEST = Duration.ofDays(366);

  private static final Duration DAY = Duration.ofDays(1);

  private final CoverageStore store;
  private final Hosts hosts;
  private final Clock clock;

  public Coverages(CoverageStore store, Hosts hosts, Clock clock) {
    this.store = store;
    this.hosts = hosts;
    this.clock = clock;
  }

  /**
   * The ledger of one host.
   *
   * @param periods newest first
   * @param connectivity oldest first; the first can begin before the interval
   * @param sum over the whole interval, not over the page
   */
  public record Ledger(
      Page<CoveragePeriod> periods, List<ConnectivityChange> connectivity, HostCoverage sum) {
    public Ledger {
      connectivity = List.copyOf(connectivity);
    }
  }

  /**
   * The ledger between two times.
   *
   * @param from null: 24 hours before {@code to}; never before the host was enrolled
   * @param to null: now; never later
   * @throws RefusedException if there is no such host, or the times are no interval of at most
   *     {@link #LONGEST}
   */
  public Ledger read(UUID host, @Nullable Instant from, @Nullable Instant to, PageRequest page) {
    Instant now = clock.instant();
    Instant end = to == null || to.isAfter(now) ? now : to;
    Instant begin = from == null ? end.minus(DAY) : from;
    if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(LONGEST) > 0) {
      throw new RefusedException(Kind.MALFORMED, "from must be before to, by at most 366 days");
    }
    Host it = require(host);
    List<CoveragePeriod> all = periods(it, begin, end);
    return new Ledger(
        page(all.reversed(), page),
        store.listConnectivity(host, all.getFirst().from(), end),
        HostCoverage.of(all));
  }

  /** The last 24 hours of one host, in sums. */
  public HostCoverage readDay(Host host) {
    Instant now = clock.instant();
    return HostCoverage.of(periods(host, now.minus(DAY), now));
  }

  /** What a host could see at {@code at}; empty if there is no such host any more. */
  public Optional<CoverageMoment> find(UUID host, Instant at) {
    return hosts.find(host).map(it -> moment(it, at));
  }

  /** Sums over all hosts since {@code since}. */
  public FleetCoverage readFleet(Instant since) {
    return store.readFleet(since, hosts.silentBefore());
  }

  private CoverageMoment moment(Host host, Instant at) {
    Instant from = at.minus(CoverageMoment.AROUND);
    Instant to = at.plus(CoverageMoment.AROUND);
    List<Event.Loss> losses = store.listLosses(host.id(), from, to);
    CoveragePeriod period =
        periods(host, from, to, losses).stream()
            .filter(it -> at.isBefore(it.to()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("periods have no gap"));
    return new CoverageMoment(host.id(), at, period, CoverageLedger.totals(losses));
  }

  private List<CoveragePeriod> periods(Host host, Instant from, Instant to) {
    Instant enrolled = host.enrolledAt();
    Instant begin = from.isBefore(enrolled) && enrolled.isBefore(to) ? enrolled : from;
    return periods(host, begin, to, store.listLosses(host.id(), begin, to));
  }

  private List<CoveragePeriod> periods(
      Host host, Instant from, Instant to, List<Event.Loss> losses) {
    CoverageLedger ledger =
        new CoverageLedger(from, to, store.listStatements(host.id(), from, to), losses);
    return ledger.periods(horizon(host, to));
  }

  /** A host that is heard accounts for everything until now. */
  private static Instant horizon(Host host, Instant to) {
    return host.state() == HostState.CONNECTED
        ? to
        : Objects.requireNonNullElse(host.lastSeenAt(), host.enrolledAt());
  }

  private static Page<CoveragePeriod> page(List<CoveragePeriod> newestFirst, PageRequest page) {
    Instant before = position(page);
    List<CoveragePeriod> rest =
        newestFirst.stream()
            .filter(period -> before == null || period.from().isBefore(before))
            .limit(page.limit() + 1L)
            .toList();
    return Page.of(rest, page, period -> period.from().toString());
  }

  private static @Nullable Instant position(PageRequest page) {
    String position = page.position();
    try {
      return position == null ? null : Instant.parse(position);
    } catch (DateTimeParseException _) {
      throw PageRequest.unknownPosition();
    }
  }

  private Host require(UUID host) {
    return hosts.find(host).orElseThrow(() -> RefusedException.notFound("host", host));
  }
}
