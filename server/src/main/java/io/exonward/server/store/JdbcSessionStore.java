package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.server.identity.Role;
import io.exonward.server.identity.SessionStore;
import java.time.Instant;
import java.util.Optional;

/** Sessions in PostgreSQL. Thread-safe. */
public final class JdbcSessionStore implements SessionStore {
  private final Database database;

  public JdbcSessionStore(Database database) {
    this.database = database;
  }

  @Override
  public void insert(Sha256 idHash, String operator, Instant at) {
    execute(
        "insert into session (id_hash, operator, created_at, used_at) values (?, ?, ?, ?)",
        idHash.toBytes(),
        operator,
        at,
        at);
  }

  @Override
  public Optional<Stored> find(Sha256 idHash) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select s.operator, o.role, s.created_at, s.used_at
                from session s join operator o on o.name = s.operator
                where s.id_hash = :id and not o.disabled
                """)
            .bind("id", idHash.toBytes())
            .map((row, _) ->
                new Stored(
                    row.getString("operator"),
                    Role.of(row.getString("role")),
                    Columns.instant(row, "created_at"),
                    Columns.instant(row, "used_at")))
            .findOne());
  }

  @Override
  public void touch(Sha256 idHash, Instant at) {
    execute("update session set used_at = ? where id_hash = ?", at, idHash.toBytes());
  }

  @Override
  public boolean delete(Sha256 idHash) {
    return execute("delete from session where id_hash = ?", (Object) idHash.toBytes()) == 1;
  }

  @Override
  public void deleteOf(String operator) {
    execute("delete from session where operator = ?", operator);
  }

  @Override
  public void deleteOthers(String operator, Sha256 kept) {
    execute("delete from session where operator = ? and id_hash <> ?", operator, kept.toBytes());
  }

  @Override
  public void deleteExpired(Instant createdBefore, Instant usedBefore) {
    execute("delete from session where created_at < ? or used_at < ?", createdBefore, usedBefore);
  }

  private int execute(String sql, Object... values) {
    return database.with(handle -> handle.execute(sql, values));
  }
}
