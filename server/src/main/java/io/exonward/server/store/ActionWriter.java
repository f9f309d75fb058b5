package io.exonward.server.store;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.Event;
import io.exonward.server.inventory.ActionRecord;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes and reads what processes did. Without state. */
final class ActionWriter {
  private ActionWriter() {}

  static void write(Handle handle, UUID host, List<Event.Action> actions, Instant ingestedAt) {
    if (actions.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into action (id, host_id, ingested_at, kind, detail)
            values (nextval('action_id'), :host, :ingestedAt, :kind, :detail::jsonb)\
            """);
    for (Event.Action action : actions) {
      batch
          .bind("host", host)
          .bind("ingestedAt", Columns.at(ingestedAt))
          .bind("kind", action.kind().name())
          .bind("detail", LoadJson.writeAction(action).toString())
          .add();
    }
    batch.execute();
  }

  static Page<ActionRecord> list(
      Handle handle, UUID host, @Nullable ActionKind kind, PageRequest page) {
    List<ActionRecord> rows =
        handle
            .createQuery(
                """
                select id, detail from action
                where host_id = :host and (:kind::text is null or kind = :kind)
                  and (:after::bigint is null or id < :after)
                order by id desc limit :limit\
                """)
            .bind("host", host)
            .bind("kind", Columns.nameOrNull(kind))
            .bind("after", Positions.number(page))
            .bind("limit", page.limit() + 1)
            .map((row, _) ->
                new ActionRecord(
                    row.getLong("id"), LoadJson.readAction(Json.parse(row.getString("detail")))))
            .list();
    return Page.of(rows, page, record -> Long.toString(record.id()));
  }
}
