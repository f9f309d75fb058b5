package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.server.identity.Actor;
import io.exonward.server.identity.AuditEntry;
import io.exonward.server.identity.AuditStore;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit log in PostgreSQL. Thread-safe. */
public final class JdbcAuditStore implements AuditStore {
  private static final int FETCH_ROWS = 500;
  private static final String COLUMNS =
      "select sequence, at, actor_kind, actor, address, action, target, detail, hash"
          + " from audit_entry ";

  private final Database database;
  private final JsonMapper json = JsonMapper.builder().build();

  public JdbcAuditStore(Database database) {
    this.database = database;
  }

  @Override
  public Head lockHead() {
    return database.with(handle -> head(handle, " for update"));
  }

  @Override
  public Head head() {
    return database.with(handle -> head(handle, ""));
  }

  private static Head head(Handle handle, String lock) {
    return handle
        .createQuery("select sequence, hash from audit_head" + lock)
        .map((row, _) -> new Head(row.getLong("sequence"), Sha256.of(row.getBytes("hash"))))
        .one();
  }

  @Override
  public void append(AuditEntry entry) {
    database.use(handle -> {
      handle
          .createUpdate(
              """
              insert into audit_entry
                (sequence, at, actor_kind, actor, address, action, target, detail, hash)
              values (:sequence, :at, :kind, :actor, :address, :action, :target,
                cast(:detail as jsonb), :hash)
              """)
          .bind("sequence", entry.sequence())
          .bind("at", entry.at())
          .bind("kind", entry.actor().kind().code())
          .bind("actor", entry.actor().name())
          .bind("address", entry.actor().address())
          .bind("action", entry.action())
          .bind("target", entry.target())
          .bind("detail", json.writeValueAsString(entry.detail()))
          .bind("hash", entry.hash().toBytes())
          .execute();
      handle.execute(
          "update audit_head set sequence = ?, hash = ?", entry.sequence(), entry.hash().toBytes());
    });
  }

  @Override
  public Page<AuditEntry> list(@Nullable String actor, @Nullable String action, PageRequest page) {
    List<AuditEntry> rows =
        database.with(handle ->
            handle
                .createQuery(
                    COLUMNS
                        + """
                        where (cast(:before as bigint) is null or sequence < :before)
                          and (cast(:actor as text) is null or actor = :actor)
                          and (cast(:action as text) is null or action = :action
                            or (right(:action, 1) = '.' and starts_with(action, :action)))
                        order by sequence desc limit :limit
                        """)
                .bind("before", Positions.number(page))
                .bind("actor", actor)
                .bind("action", action)
                .bind("limit", page.limit() + 1)
                .map((row, _) -> entry(row))
                .list());
    return Page.of(rows, page, entry -> Long.toString(entry.sequence()));
  }

  @Override
  public void visit(Predicate<AuditEntry> visitor) {
    // The driver streams only inside a transaction.
    boolean _ =
        database.inTransaction(handle -> {
          try (var query = handle.createQuery(COLUMNS + "order by sequence")) {
            Iterator<AuditEntry> entries =
                query.setFetchSize(FETCH_ROWS).map((row, _) -> entry(row)).iterator();
            while (entries.hasNext() && visitor.test(entries.next())) {
              // the visitor does the work
            }
          }
          return true;
        });
  }

  private AuditEntry entry(ResultSet row) throws SQLException {
    Actor.Kind kind = Actor.Kind.valueOf(row.getString("actor_kind").toUpperCase(Locale.ROOT));
    return new AuditEntry(
        row.getLong("sequence"),
        Columns.instant(row, "at"),
        new Actor(kind, row.getString("actor"), row.getString("address")),
        row.getString("action"),
        row.getString("target"),
        detail(row.getString("detail")),
        Sha256.of(row.getBytes("hash")));
  }

  // We write texts only; whoever tampered with the row may not have.
  private SortedMap<String, String> detail(String text) {
    SortedMap<String, String> detail = new TreeMap<>();
    json.readTree(text)
        .properties()
        .forEach(member -> {
          JsonNode value = member.getValue();
          detail.put(member.getKey(), value.isString() ? value.stringValue() : value.toString());
        });
    return detail;
  }
}
