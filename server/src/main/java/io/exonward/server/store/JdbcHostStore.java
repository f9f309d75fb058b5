package io.exonward.server.store;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Event;
import io.exonward.common.event.HostFacts;
import io.exonward.common.event.LossCause;
import io.exonward.server.inventory.AgentFigures;
import io.exonward.server.inventory.Ban;
import io.exonward.server.inventory.Connection;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostCounts;
import io.exonward.server.inventory.HostDetail;
import io.exonward.server.inventory.HostFilter;
import io.exonward.server.inventory.HostStore;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Hosts in PostgreSQL. Thread-safe. */
public final class JdbcHostStore implements HostStore {
  private static final int LOSSES = 50;
  private static final String STATE =
      """
      case when h.banned_at is not null then 'BANNED'
           when h.last_seen_at is null or h.last_seen_at < :silentBefore then 'SILENT'
           else 'CONNECTED' end\
      """;
  private static final String SELECT = "select h.*, " + STATE + " as state from host h ";

  private final Database database;

  public JdbcHostStore(Database database) {
    this.database = database;
  }

  @Override
  public void insert(NewHost host) {
    database.use(handle ->
        handle
            .createUpdate(
                """
                insert into host (id, hostname, group_name, machine_id, enrolled_at)
                values (:id, :hostname, :group, :machineId, :enrolledAt)\
                """)
            .bind("id", host.id())
            .bind("hostname", host.hostname())
            .bind("group", host.group())
            .bind("machineId", host.machineId())
            .bind("enrolledAt", Columns.at(host.enrolledAt()))
            .execute());
  }

  @Override
  public void renew(UUID id, String hostname, String group) {
    database.use(handle ->
        handle
            .createUpdate(
                "update host set hostname = :hostname, group_name = :group, banned_at = null, "
                    + "banned_by = null, ban_reason = null where id = :id")
            .bind("id", id)
            .bind("hostname", hostname)
            .bind("group", group)
            .execute());
  }

  @Override
  public Optional<Host> find(UUID id, Instant silentBefore) {
    return database.with(handle ->
        handle
            .createQuery(SELECT + "where h.id = :id")
            .bind("id", id)
            .bind("silentBefore", Columns.at(silentBefore))
            .map((row, _) -> HostRows.host(row))
            .findOne());
  }

  @Override
  public Optional<Host> findByMachineId(String machineId, Instant silentBefore) {
    return database.with(handle ->
        handle
            .createQuery(SELECT + "where h.machine_id = :machineId")
            .bind("machineId", machineId)
            .bind("silentBefore", Columns.at(silentBefore))
            .map((row, _) -> HostRows.host(row))
            .findOne());
  }

  @Override
  public Optional<HostDetail> findDetail(UUID id, Instant silentBefore) {
    return database.with(handle ->
        handle
            .createQuery(SELECT + "where h.id = :id")
            .bind("id", id)
            .bind("silentBefore", Columns.at(silentBefore))
            .map((row, _) -> HostRows.detail(row, losses(id)))
            .findOne());
  }

  private List<Event.Loss> losses(UUID host) {
    return database.with(handle ->
        handle
            .createQuery("select * from loss where host_id = :host order by id desc limit :limit")
            .bind("host", host)
            .bind("limit", LOSSES)
            .map((row, _) ->
                new Event.Loss(
                    LossCause.valueOf(row.getString("cause")),
                    Columns.instant(row, "from_at"),
                    Columns.instant(row, "to_at"),
                    row.getLong("count"),
                    row.getString("sensor")))
            .list());
  }

  @Override
  public Page<Host> list(HostFilter filter, PageRequest page, Instant silentBefore) {
    // The position is the id of the last host: the name that it has now says where to go on.
    return database.with(handle -> {
      Query query =
          handle
              .createQuery(
                  "select * from ("
                      + SELECT
                      + """
                      ) h
                      where (:group::text is null or h.group_name = :group)
                        and (:state::text is null or h.state = :state)
                        and (:text::text is null or h.hostname ilike :text
                             or h.facts ->> 'os_name' ilike :text
                             or h.facts ->> 'kernel_version' ilike :text)
                        and (:after::uuid is null or (h.hostname, h.id) >
                             (select last.hostname, last.id from host last where last.id = :after::uuid))
                      order by h.hostname, h.id limit :limit\
                      """)
              .bind("silentBefore", Columns.at(silentBefore))
              .bind("group", filter.group())
              .bind("state", Columns.nameOrNull(filter.state()))
              .bind("text", Columns.containing(filter.text()))
              .bind("after", Positions.uuid(page))
              .bind("limit", page.limit() + 1);
      return Page.of(
          query.map((row, _) -> HostRows.host(row)).list(), page, host -> host.id().toString());
    });
  }

  @Override
  public HostCounts count(Instant silentBefore) {
    return database.with(handle ->
        handle
            .createQuery(
                "select count(*) filter (where state = 'CONNECTED') as connected, "
                    + "count(*) filter (where state = 'SILENT') as silent, "
                    + "count(*) filter (where state = 'BANNED') as banned, "
                    + "count(*) filter (where state = 'CONNECTED' and level <> 'FULL') as reduced "
                    + "from ("
                    + SELECT
                    + ") h")
            .bind("silentBefore", Columns.at(silentBefore))
            .map((row, _) ->
                new HostCounts(
                    row.getInt("connected"),
                    row.getInt("silent"),
                    row.getInt("banned"),
                    row.getInt("reduced")))
            .one());
  }

  @Override
  public void ban(UUID id, Ban ban) {
    database.use(handle ->
        handle
            .createUpdate(
                """
                update host set banned_at = :at, banned_by = :actor, ban_reason = :reason
                where id = :id and banned_at is null\
                """)
            .bind("id", id)
            .bind("at", Columns.at(ban.at()))
            .bind("actor", ban.actor())
            .bind("reason", ban.reason())
            .execute());
  }

  @Override
  public void recordConnection(UUID id, Connection connection) {
    Coverage coverage = connection.coverage();
    HostFacts facts = connection.facts();
    database.use(handle ->
        handle
            .createUpdate(
                """
                update host set last_seen_at = :at, facts = coalesce(:facts::jsonb, facts),
                  level = coalesce(:level, level), coverage = coalesce(:coverage::jsonb, coverage),
                  agent_version = :agentVersion, policy_version = :policyVersion,
                  certificate_expires_at = :expiresAt
                where id = :id\
                """)
            .bind("id", id)
            .bind("at", Columns.at(connection.at()))
            .bind("facts", facts == null ? null : HostJson.writeFacts(facts).toString())
            .bind("level", coverage == null ? null : coverage.level().name())
            .bind("coverage", json(coverage))
            .bind("agentVersion", connection.agentVersion())
            .bind("policyVersion", connection.policyVersion())
            .bind("expiresAt", Columns.at(connection.certificateExpiresAt()))
            .execute());
  }

  @Override
  public void recordHeard(
      UUID id, Instant at, @Nullable Coverage coverage, @Nullable AgentFigures figures) {
    AgentFigures said =
        Objects.requireNonNullElse(figures, new AgentFigures(null, null, null, null, null, null));
    database.use(handle ->
        handle
            .createUpdate(
                """
                update host set last_seen_at = greatest(last_seen_at, :at),
                  level = coalesce(:level, level), coverage = coalesce(:coverage::jsonb, coverage),
                  resident_bytes = coalesce(:resident, resident_bytes),
                  cpu_millis = coalesce(:cpu, cpu_millis),
                  spool_events = coalesce(:spoolEvents, spool_events),
                  spool_bytes = coalesce(:spoolBytes, spool_bytes),
                  policy_version = coalesce(:policyVersion, policy_version)
                where id = :id\
                """)
            .bind("id", id)
            .bind("at", Columns.at(at))
            .bind("level", coverage == null ? null : coverage.level().name())
            .bind("coverage", json(coverage))
            .bind("resident", said.residentBytes())
            .bind("cpu", said.cpuMillis())
            .bind("spoolEvents", said.spoolEvents())
            .bind("spoolBytes", said.spoolBytes())
            .bind("policyVersion", said.policyVersion())
            .execute());
  }

  @Override
  public List<Host> findNewlySilent(Instant silentBefore) {
    return findMarked("not h.is_marked_silent and h.last_seen_at < :silentBefore", silentBefore);
  }

  @Override
  public List<Host> findHeardAgain(Instant silentBefore) {
    return findMarked("h.is_marked_silent and h.last_seen_at >= :silentBefore", silentBefore);
  }

  private List<Host> findMarked(String condition, Instant silentBefore) {
    return database.with(handle ->
        handle
            .createQuery(SELECT + "where h.banned_at is null and " + condition + " order by h.id")
            .bind("silentBefore", Columns.at(silentBefore))
            .map((row, _) -> HostRows.host(row))
            .list());
  }

  @Override
  public void markSilent(UUID id, boolean isSilent) {
    database.use(handle ->
        handle
            .createUpdate("update host set is_marked_silent = :isSilent where id = :id")
            .bind("id", id)
            .bind("isSilent", isSilent)
            .execute());
  }

  private static @Nullable String json(@Nullable Coverage coverage) {
    return coverage == null ? null : HostJson.writeCoverage(coverage).toString();
  }
}
