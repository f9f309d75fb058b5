package io.exonward.server.store;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.HostFacts;
import io.exonward.server.inventory.AgentFigures;
import io.exonward.server.inventory.Ban;
import io.exonward.server.inventory.Connection;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostCounts;
import io.exonward.server.inventory.HostDetail;
import io.exonward.server.inventory.HostFilter;
import io.exonward.server.inventory.HostState;
import io.exonward.server.inventory.HostStore;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Hosts in PostgreSQL. Thread-safe. */
public final class JdbcHostStore implements HostStore {
  private final Database database;
  private final HostQueries queries;

  public JdbcHostStore(Database database) {
    this.database = database;
    this.queries = new HostQueries(database);
  }

  @Override
  public void insert(NewHost host) {
    database.use(handle -> {
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
          .execute();
      ConnectivityWriter.change(handle, host.id(), HostState.SILENT, host.enrolledAt());
    });
  }

  @Override
  public void renew(UUID id, String hostname, String group) {
    database.use(handle -> {
      forgetCoverage(handle, id);
      handle
          .createUpdate(
              "update host set hostname = :hostname, group_name = :group, banned_at = null, "
                  + "banned_by = null, ban_reason = null where id = :id")
          .bind("id", id)
          .bind("hostname", hostname)
          .bind("group", group)
          .execute();
    });
  }

  /** With its identity an agent lost its spool: nobody accounts for the time until it connects. */
  private static void forgetCoverage(Handle handle, UUID id) {
    handle
        .createUpdate(
            """
            insert into coverage_statement (host_id, since, ingested_at)
            select id, last_seen_at, last_seen_at from host
            where id = :id and last_seen_at is not null
            on conflict (host_id, since) do update set level = null, coverage = null\
            """)
        .bind("id", id)
        .execute();
  }

  @Override
  public Optional<Host> find(UUID id, Instant silentBefore) {
    return queries.find(id, silentBefore);
  }

  @Override
  public Optional<Host> findByMachineId(String machineId, Instant silentBefore) {
    return queries.findByMachineId(machineId, silentBefore);
  }

  @Override
  public Optional<HostDetail> findDetail(UUID id, Instant silentBefore) {
    return queries.findDetail(id, silentBefore);
  }

  @Override
  public Page<Host> list(HostFilter filter, PageRequest page, Instant silentBefore) {
    return queries.list(filter, page, silentBefore);
  }

  @Override
  public HostCounts count(Instant silentBefore) {
    return queries.count(silentBefore);
  }

  @Override
  public void ban(UUID id, Ban ban) {
    database.use(handle -> {
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
          .execute();
      ConnectivityWriter.change(handle, id, HostState.BANNED, ban.at());
    });
  }

  @Override
  public void recordConnection(UUID id, Connection connection) {
    Coverage coverage = connection.coverage();
    HostFacts facts = connection.facts();
    database.use(handle -> {
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
          .execute();
      ConnectivityWriter.change(handle, id, HostState.CONNECTED, connection.at());
    });
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
    return queries.findMarked(
        "not h.is_marked_silent and h.last_seen_at < :silentBefore", silentBefore);
  }

  @Override
  public List<Host> findHeardAgain(Instant silentBefore) {
    return queries.findMarked(
        "h.is_marked_silent and h.last_seen_at >= :silentBefore", silentBefore);
  }

  @Override
  public void markSilent(UUID id, boolean isSilent) {
    database.use(handle -> {
      handle
          .createUpdate("update host set is_marked_silent = :isSilent where id = :id")
          .bind("id", id)
          .bind("isSilent", isSilent)
          .execute();
      ConnectivityWriter.changeWhenLastHeard(
          handle, id, isSilent ? HostState.SILENT : HostState.CONNECTED);
    });
  }

  private static @Nullable String json(@Nullable Coverage coverage) {
    return coverage == null ? null : HostJson.writeCoverage(coverage).toString();
  }
}
