package io.exonward.server.store;

import io.exonward.common.policy.Mode;
import io.exonward.server.policy.GroupStore;
import io.exonward.server.policy.HostGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Host groups in PostgreSQL. Thread-safe. */
public final class JdbcGroupStore implements GroupStore {
  private static final String SELECT =
      "select g.*, (select count(*) from host where group_name = g.name) as hosts, "
          + "(select count(*) from rule where group_name = g.name) as rules "
          + "from host_group g ";

  private final Database database;

  public JdbcGroupStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean insert(String name, GroupMode mode, Instant createdAt) {
    return database.with(handle ->
        handle
            .createUpdate(
                """
                insert into host_group (name, mode, learn_until, frozen_at, created_at)
                values (:name, :mode, :learnUntil, :frozenAt, :createdAt)
                on conflict do nothing\
                """)
            .bind("name", name)
            .bind("mode", mode.mode().name())
            .bind("learnUntil", Columns.atOrNull(mode.learnUntil()))
            .bind("frozenAt", Columns.atOrNull(mode.frozenAt()))
            .bind("createdAt", Columns.at(createdAt))
            .execute())
        == 1;
  }

  @Override
  public Optional<HostGroup> find(String name) {
    return database.with(handle ->
        handle
            .createQuery(SELECT + "where g.name = :name")
            .bind("name", name)
            .map((row, _) -> group(row))
            .findOne());
  }

  @Override
  public List<HostGroup> list() {
    return database.with(handle ->
        handle.createQuery(SELECT + "order by g.name").map((row, _) -> group(row)).list());
  }

  @Override
  public void setMode(String name, GroupMode mode) {
    database.use(handle ->
        handle
            .createUpdate(
                """
                update host_group
                set mode = :mode, learn_until = :learnUntil, frozen_at = :frozenAt
                where name = :name\
                """)
            .bind("name", name)
            .bind("mode", mode.mode().name())
            .bind("learnUntil", Columns.atOrNull(mode.learnUntil()))
            .bind("frozenAt", Columns.atOrNull(mode.frozenAt()))
            .execute());
  }

  @Override
  public void touch(String name) {
    database.use(handle ->
        handle
            .createUpdate("update host_group set version = version + 1 where name = :name")
            .bind("name", name)
            .execute());
  }

  @Override
  public boolean holdLearning(String name) {
    return database.with(handle ->
        handle
            .createQuery(
                "select true from host_group where name = :name and mode = 'LEARN' for share")
            .bind("name", name)
            .mapTo(Boolean.class)
            .findOne()
            .isPresent());
  }

  @Override
  public List<String> findLearnedBy(Instant now) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select name from host_group
                where mode = 'LEARN' and learn_until <= :now order by name\
                """)
            .bind("now", Columns.at(now))
            .mapTo(String.class)
            .list());
  }

  private static HostGroup group(ResultSet row) throws SQLException {
    return new HostGroup(
        row.getString("name"),
        Mode.valueOf(row.getString("mode")),
        Columns.instantOrNull(row, "learn_until"),
        Columns.instantOrNull(row, "frozen_at"),
        row.getLong("version"),
        row.getInt("hosts"),
        row.getInt("rules"),
        Columns.instant(row, "created_at"));
  }
}
