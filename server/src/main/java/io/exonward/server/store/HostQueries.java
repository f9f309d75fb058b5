package io.exonward.server.store;

import io.exonward.common.event.Event;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostCounts;
import io.exonward.server.inventory.HostDetail;
import io.exonward.server.inventory.HostFilter;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Reads hosts. Thread-safe. */
record HostQueries(Database database) {
  private static final int LOSSES = 50;
  private static final String STATE =
      """
      case when h.banned_at is not null then 'BANNED'
           when h.last_seen_at is null or h.last_seen_at < :silentBefore then 'SILENT'
           else 'CONNECTED' end\
      """;
  private static final String SELECT = "select h.*, " + STATE + " as state from host h ";

  Optional<Host> find(UUID id, Instant silentBefore) {
    return database.with(handle ->
        handle
            .createQuery(SELECT + "where h.id = :id")
            .bind("id", id)
            .bind("silentBefore", Columns.at(silentBefore))
            .map((row, _) -> HostRows.host(row))
            .findOne());
  }

  Optional<Host> findByMachineId(String machineId, Instant silentBefore) {
    return database.with(handle ->
        handle
            .createQuery(SELECT + "where h.machine_id = :machineId")
            .bind("machineId", machineId)
            .bind("silentBefore", Columns.at(silentBefore))
            .map((row, _) -> HostRows.host(row))
            .findOne());
  }

  Optional<HostDetail> findDetail(UUID id, Instant silentBefore) {
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
            .map((row, _) -> HostRows.loss(row))
            .list());
  }

  Page<Host> list(HostFilter filter, PageRequest page, Instant silentBefore) {
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

  HostCounts count(Instant silentBefore) {
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

  List<Host> findMarked(String condition, Instant silentBefore) {
    return database.with(handle ->
        handle
            .createQuery(SELECT + "where h.banned_at is null and " + condition + " order by h.id")
            .bind("silentBefore", Columns.at(silentBefore))
            .map((row, _) -> HostRows.host(row))
            .list());
  }
}
