package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.server.identity.AddressRange;
import io.exonward.server.identity.JoinTokenStore;
import io.exonward.server.identity.StoredJoinToken;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Join tokens in PostgreSQL. Thread-safe. */
public final class JdbcJoinTokenStore implements JoinTokenStore {
  private static final String COLUMNS =
      """
      select id, group_name, uses_left, address_range, replace, created_by, created_at, expires_at,
        revoked_at
      from join_token
      """;

  private final Database database;

  public JdbcJoinTokenStore(Database database) {
    this.database = database;
  }

  @Override
  public void insert(StoredJoinToken token, Sha256 secretHash) {
    AddressRange range = token.addressRange();
    database.use(handle ->
        handle.execute(
            """
            insert into join_token (id, secret_hash, group_name, uses_left, address_range,
              replace, created_by, created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            token.id(),
            secretHash.toBytes(),
            token.group(),
            token.usesLeft(),
            range == null ? null : range.toString(),
            token.replace(),
            token.createdBy(),
            token.createdAt(),
            token.expiresAt()));
  }

  @Override
  public Optional<StoredJoinToken> lock(Sha256 secretHash) {
    return database.with(handle ->
        handle
            .createQuery(COLUMNS + " where secret_hash = :hash for update")
            .bind("hash", secretHash.toBytes())
            .map((row, _) -> token(row))
            .findOne());
  }

  @Override
  public void use(UUID id) {
    database.use(handle ->
        handle.execute("update join_token set uses_left = uses_left - 1 where id = ?", id));
  }

  @Override
  public Page<StoredJoinToken> list(PageRequest page) {
    List<StoredJoinToken> rows =
        database.with(handle ->
            handle
                .createQuery(
                    COLUMNS
                        + """
                         where cast(:after as uuid) is null or (created_at, id) <
                          (select a.created_at, a.id from join_token a where a.id = cast(:after as uuid))
                        order by created_at desc, id desc limit :limit
                        """)
                .bind("after", Positions.uuid(page))
                .bind("limit", page.limit() + 1)
                .map((row, _) -> token(row))
                .list());
    return Page.of(rows, page, token -> token.id().toString());
  }

  @Override
  public boolean revoke(UUID id, Instant at) {
    return database.with(handle ->
        handle.execute(
            "update join_token set revoked_at = ? where id = ? and revoked_at is null", at, id))
        == 1;
  }

  private static StoredJoinToken token(ResultSet row) throws SQLException {
    String range = row.getString("address_range");
    return new StoredJoinToken(
        row.getObject("id", UUID.class),
        row.getString("group_name"),
        row.getInt("uses_left"),
        range == null ? null : AddressRange.parse(range),
        row.getBoolean("replace"),
        row.getString("created_by"),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "expires_at"),
        Columns.instantOrNull(row, "revoked_at"));
  }
}
