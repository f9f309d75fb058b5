package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.server.identity.ApiToken;
import io.exonward.server.identity.ApiTokenStore;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** API tokens in PostgreSQL. Thread-safe. */
public final class JdbcApiTokenStore implements ApiTokenStore {
  private static final String COLUMNS =
      """
      select t.id, t.owner, t.label, t.role, o.role as owner_role, t.created_at, t.expires_at,
        t.last_used_at
      from api_token t join operator o on o.name = t.owner
      """;

  private final Database database;

  public JdbcApiTokenStore(Database database) {
    this.database = database;
  }

  @Override
  public void insert(ApiToken token, Sha256 secretHash) {
    database.use(handle ->
        handle.execute(
            """
            insert into api_token (id, secret_hash, owner, label, role, created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """,
            token.id(),
            secretHash.toBytes(),
            token.owner(),
            token.label(),
            token.role().code(),
            token.createdAt(),
            token.expiresAt()));
  }

  @Override
  public Optional<ApiToken> find(Sha256 secretHash) {
    return database.with(handle ->
        handle
            .createQuery(
                COLUMNS
                    + " where t.secret_hash = :hash and t.revoked_at is null and not o.disabled")
            .bind("hash", secretHash.toBytes())
            .map((row, _) -> token(row))
            .findOne());
  }

  @Override
  public void touch(UUID id, Instant at) {
    database.use(
        handle -> handle.execute("update api_token set last_used_at = ? where id = ?", at, id));
  }

  @Override
  public Page<ApiToken> list(String owner, PageRequest page) {
    List<ApiToken> rows =
        database.with(handle ->
            handle
                .createQuery(
                    COLUMNS
                        + """
                         where t.owner = :owner and t.revoked_at is null
                          and (cast(:after as uuid) is null or (t.created_at, t.id) <
                            (select a.created_at, a.id from api_token a where a.id = cast(:after as uuid)))
                        order by t.created_at desc, t.id desc limit :limit
                        """)
                .bind("owner", owner)
                .bind("after", Positions.uuid(page))
                .bind("limit", page.limit() + 1)
                .map((row, _) -> token(row))
                .list());
    return Page.of(rows, page, token -> token.id().toString());
  }

  @Override
  public boolean revoke(String owner, UUID id, Instant at) {
    return database.with(handle ->
        handle.execute(
            """
            update api_token set revoked_at = ?
            where id = ? and owner = ? and revoked_at is null
            """,
            at,
            id,
            owner))
        == 1;
  }

  private static ApiToken token(ResultSet row) throws SQLException {
    return new ApiToken(
        row.getObject("id", UUID.class),
        row.getString("owner"),
        row.getString("label"),
        Role.of(row.getString("role")).atMost(Role.of(row.getString("owner_role"))),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "expires_at"),
        Columns.instantOrNull(row, "last_used_at"));
  }
}
