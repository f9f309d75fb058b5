package io.exonward.server.store;

import io.exonward.server.identity.Operator;
import io.exonward.server.identity.OperatorStore;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Operators in PostgreSQL. Thread-safe. */
public final class JdbcOperatorStore implements OperatorStore {
  private static final String COLUMNS =
      "select name, role, disabled, created_at, last_sign_in_at, password_hash from operator";

  private final Database database;

  public JdbcOperatorStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean insert(Operator operator, String passwordHash) {
    return database.with(handle ->
        handle
            .createUpdate(
                """
                insert into operator (name, role, disabled, created_at, password_hash)
                values (:name, :role, :disabled, :created, :hash)
                on conflict do nothing
                """)
            .bind("name", operator.name())
            .bind("role", operator.role().code())
            .bind("disabled", operator.disabled())
            .bind("created", operator.createdAt())
            .bind("hash", passwordHash)
            .execute())
        == 1;
  }

  @Override
  public Optional<Stored> find(String name) {
    return database.with(handle ->
        handle
            .createQuery(COLUMNS + " where name = :name")
            .bind("name", name)
            .map((row, _) -> new Stored(operator(row), row.getString("password_hash")))
            .findOne());
  }

  @Override
  public void lockAll() {
    database.use(handle -> handle.execute("lock table operator in share row exclusive mode"));
  }

  @Override
  public void update(Stored stored) {
    database.use(handle ->
        handle
            .createUpdate(
                """
                update operator set role = :role, disabled = :disabled, password_hash = :hash
                where name = :name
                """)
            .bind("name", stored.operator().name())
            .bind("role", stored.operator().role().code())
            .bind("disabled", stored.operator().disabled())
            .bind("hash", stored.passwordHash())
            .execute());
  }

  @Override
  public void recordSignIn(String name, Instant at) {
    database.use(handle ->
        handle.execute("update operator set last_sign_in_at = ? where name = ?", at, name));
  }

  @Override
  public Page<Operator> list(PageRequest page) {
    List<Operator> rows =
        database.with(handle ->
            handle
                .createQuery(
                    COLUMNS
                        + """
                         where cast(:after as text) is null or name > :after collate "C"
                        order by name collate "C" limit :limit
                        """)
                .bind("after", page.position())
                .bind("limit", page.limit() + 1)
                .map((row, _) -> operator(row))
                .list());
    return Page.of(rows, page, Operator::name);
  }

  @Override
  public int countAdministrators() {
    return database.with(handle ->
        handle
            .createQuery(
                "select count(*) from operator where role = 'administrator' and not disabled")
            .mapTo(Integer.class)
            .one());
  }

  @Override
  public Optional<Operator> findAdministrator() {
    return database.with(handle ->
        handle
            .createQuery(
                COLUMNS
                    + " where role = 'administrator' and not disabled"
                    + " order by name collate \"C\" limit 1")
            .map((row, _) -> operator(row))
            .findOne());
  }

  @Override
  public boolean isEmpty() {
    return database.with(handle ->
        handle
            .createQuery("select not exists (select 1 from operator)")
            .mapTo(Boolean.class)
            .one());
  }

  private static Operator operator(ResultSet row) throws SQLException {
    return new Operator(
        row.getString("name"),
        Role.of(row.getString("role")),
        row.getBoolean("disabled"),
        Columns.instant(row, "created_at"),
        Columns.instantOrNull(row, "last_sign_in_at"));
  }
}
