package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.server.gene.GeneClaim;
import io.exonward.server.gene.GeneSetStore;
import io.exonward.server.gene.StoredGeneSet;
import io.exonward.server.gene.StoredGeneSet.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gene sets and claims in PostgreSQL. Thread-safe. */
public final class JdbcGeneSetStore implements GeneSetStore {
  /** All of a gene set but its bytes. */
  static final String COLUMNS = "sha256, definition, digest, source, is_verified";

  private final Database database;

  public JdbcGeneSetStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<StoredGeneSet> find(Sha256 sha256) {
    return select(sha256, "");
  }

  @Override
  public Optional<StoredGeneSet> lock(Sha256 sha256) {
    return select(sha256, " for update");
  }

  private Optional<StoredGeneSet> select(Sha256 sha256, String suffix) {
    return database.with(handle ->
        handle
            .createQuery("select " + COLUMNS + " from gene_set where sha256 = :sha256" + suffix)
            .bind("sha256", sha256.toBytes())
            .map((row, _) -> geneSet(row))
            .findOne());
  }

  static StoredGeneSet geneSet(ResultSet row) throws SQLException {
    return new StoredGeneSet(
        Columns.sha256(row, "sha256"),
        row.getInt("definition"),
        Columns.sha256(row, "digest"),
        Source.valueOf(row.getString("source")),
        row.getBoolean("is_verified"));
  }

  @Override
  public Optional<byte[]> readBytes(Sha256 sha256) {
    return database.with(handle ->
        handle
            .createQuery("select bytes from gene_set where sha256 = :sha256")
            .bind("sha256", sha256.toBytes())
            .map((row, _) -> row.getBytes("bytes"))
            .findOne());
  }

  @Override
  public void put(StoredGeneSet set, byte[] bytes, Instant now) {
    database.use(handle -> {
      handle
          .createUpdate(
              """
              insert into gene_set
                (sha256, definition, digest, bytes, source, is_verified, added_at)
              values (:sha256, :definition, :digest, :bytes, :source, :isVerified, :at)
              on conflict (sha256) do update set
                definition = excluded.definition, digest = excluded.digest, bytes = excluded.bytes,
                source = excluded.source, is_verified = excluded.is_verified,
                added_at = excluded.added_at\
              """)
          .bind("sha256", set.sha256().toBytes())
          .bind("definition", set.definition())
          .bind("digest", set.digest().toBytes())
          .bind("bytes", bytes)
          .bind("source", set.source().name())
          .bind("isVerified", set.isVerified())
          .bind("at", Columns.at(now))
          .execute();
      LineageRows.expire(handle, set.sha256());
    });
  }

  @Override
  public void putClaim(GeneClaim claim, Instant now) {
    database.use(handle ->
        Owners.bind(
                handle
                    .createUpdate(
                        """
                        insert into gene_claim (sha256, host_id, definition, digest,
                          package_manager, package_name, package_version, package_architecture, at)
                        values (:sha256, :host, :definition, :digest,
                          :manager, :name, :version, :architecture, :at)
                        on conflict (sha256, host_id) do update set
                          definition = excluded.definition, digest = excluded.digest,
                          package_manager = excluded.package_manager,
                          package_name = excluded.package_name,
                          package_version = excluded.package_version,
                          package_architecture = excluded.package_architecture, at = excluded.at\
                        """)
                    .bind("sha256", claim.sha256().toBytes())
                    .bind("host", claim.host())
                    .bind("definition", claim.definition())
                    .bind("digest", claim.digest().toBytes())
                    .bind("at", Columns.at(now)),
                claim.owner())
            .execute());
  }

  @Override
  public List<GeneClaim> listClaims(Sha256 sha256) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select c.* from gene_claim c join host h on h.id = c.host_id
                where c.sha256 = :sha256 and h.banned_at is null order by c.at, c.host_id\
                """)
            .bind("sha256", sha256.toBytes())
            .map((row, _) ->
                new GeneClaim(
                    sha256,
                    Columns.uuid(row, "host_id"),
                    row.getInt("definition"),
                    Columns.sha256(row, "digest"),
                    Owners.read(row)))
            .list());
  }
}
