package io.exonward.server.store;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.Sample;
import io.exonward.common.hash.Sha256;
import io.exonward.server.gene.FamilySample;
import io.exonward.server.gene.FamilyStore;
import io.exonward.server.gene.StoredFamily;
import io.exonward.server.gene.StoredSample;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Families in PostgreSQL. Thread-safe. */
public final class JdbcFamilyStore implements FamilyStore {
  private static final String FAMILY =
      """
      select f.*, (select count(*) from gene_sample s where s.family = f.name) as samples,
        (select count(distinct s.version) from gene_sample s where s.family = f.name) as versions
      from gene_family f\
      """;
  private static final String SAMPLE =
      """
      select s.*, (select count(*) from code_object_host c where c.sha256 = s.sha256) as hosts
      from gene_sample s where s.family = :family\
      """;

  private final Database database;

  public JdbcFamilyStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<StoredFamily> find(String name) {
    return database.with(handle ->
        handle
            .createQuery(FAMILY + " where f.name = :name")
            .bind("name", name)
            .map((row, _) -> family(row))
            .findOne());
  }

  @Override
  public Page<StoredFamily> list(
      Family.@Nullable Kind kind, @Nullable String text, PageRequest page) {
    return database.with(handle ->
        Page.of(
            handle
                .createQuery(
                    FAMILY
                        + """
                         where (:kind::text is null or f.kind = :kind)
                          and (:text::text is null or f.name ilike :text)
                          and (:after::text is null or f.name > :after)
                        order by f.name limit :limit\
                        """)
                .bind("kind", Columns.nameOrNull(kind))
                .bind("text", Columns.containing(text))
                .bind("after", page.position())
                .bind("limit", page.limit() + 1)
                .map((row, _) -> family(row))
                .list(),
            page,
            it -> it.family().name()));
  }

  private static StoredFamily family(ResultSet row) throws SQLException {
    return new StoredFamily(
        new Family(row.getString("name"), Family.Kind.valueOf(row.getString("kind"))),
        row.getInt("samples"),
        row.getInt("versions"),
        Columns.instant(row, "created_at"),
        row.getString("created_by"));
  }

  @Override
  public boolean add(Family family, String createdBy, Instant now) {
    return database.with(handle ->
        handle
                .createUpdate(
                    """
                    insert into gene_family (name, kind, created_at, created_by)
                    values (:name, :kind, :at, :by) on conflict do nothing\
                    """)
                .bind("name", family.name())
                .bind("kind", family.kind().name())
                .bind("at", Columns.at(now))
                .bind("by", createdBy)
                .execute()
            == 1);
  }

  @Override
  public boolean remove(String name) {
    return database.with(handle ->
        handle
                .createUpdate("delete from gene_family where name = :name")
                .bind("name", name)
                .execute()
            == 1);
  }

  @Override
  public boolean change(String name, Family changed) {
    return database.with(handle ->
        handle
                .createUpdate(
                    """
                    update gene_family set name = :newName, kind = :kind where name = :name
                      and (:newName = :name
                        or not exists (select from gene_family where name = :newName))\
                    """)
                .bind("name", name)
                .bind("newName", changed.name())
                .bind("kind", changed.kind().name())
                .execute()
            == 1);
  }

  @Override
  public Page<StoredSample> listSamples(String family, PageRequest page) {
    SamplePosition position = SamplePosition.of(page);
    return database.with(handle ->
        Page.of(
            handle
                .createQuery(
                    SAMPLE
                        + """
                          and (:at::timestamptz is null
                            or (s.added_at, s.sha256) < (:at::timestamptz, :sha256::bytea))
                        order by s.added_at desc, s.sha256 desc limit :limit\
                        """)
                .bind("family", family)
                .bind("at", Columns.atOrNull(position.at()))
                .bind("sha256", Columns.bytesOrNull(position.sha256()))
                .bind("limit", page.limit() + 1)
                .map((row, _) -> sample(row))
                .list(),
            page,
            it -> it.addedAt() + "," + it.sample().sha256()));
  }

  private static StoredSample sample(ResultSet row) throws SQLException {
    return new StoredSample(
        new Sample(
            Columns.sha256(row, "sha256"), row.getString("version"), row.getString("provenance")),
        row.getInt("hosts"),
        Columns.instant(row, "added_at"),
        row.getString("added_by"));
  }

  @Override
  public void addSample(String family, Sample sample, String addedBy, Instant now) {
    database.use(handle ->
        handle
            .createUpdate(
                """
                insert into gene_sample (family, sha256, version, provenance, added_at, added_by)
                values (:family, :sha256, :version, :provenance, :at, :by)
                on conflict (family, sha256) do update set
                  version = excluded.version, provenance = excluded.provenance,
                  added_at = excluded.added_at, added_by = excluded.added_by\
                """)
            .bind("family", family)
            .bind("sha256", sample.sha256().toBytes())
            .bind("version", sample.version())
            .bind("provenance", sample.provenance())
            .bind("at", Columns.at(now))
            .bind("by", addedBy)
            .execute());
  }

  @Override
  public boolean removeSample(String family, Sha256 sha256) {
    return database.with(handle ->
        handle
                .createUpdate("delete from gene_sample where family = :family and sha256 = :sha256")
                .bind("family", family)
                .bind("sha256", sha256.toBytes())
                .execute()
            == 1);
  }

  @Override
  public Optional<StoredSample> findSample(String family, Sha256 sha256) {
    return database.with(handle ->
        handle
            .createQuery(SAMPLE + " and s.sha256 = :sha256")
            .bind("family", family)
            .bind("sha256", sha256.toBytes())
            .map((row, _) -> sample(row))
            .findOne());
  }

  @Override
  public List<FamilySample> listIndexable(int definition) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select f.name, f.kind, s.sha256, s.version, s.provenance
                from gene_sample s join gene_family f on f.name = s.family
                  join gene_set g on g.sha256 = s.sha256
                where g.definition = :definition and g.is_verified\
                """)
            .bind("definition", definition)
            .map((row, _) ->
                new FamilySample(
                    new Family(row.getString("name"), Family.Kind.valueOf(row.getString("kind"))),
                    new Sample(
                        Columns.sha256(row, "sha256"),
                        row.getString("version"),
                        row.getString("provenance"))))
            .list());
  }

  @Override
  public Generation generation() {
    return database.with(handle ->
        handle
            .createQuery("select generation, hunt_generation from gene_state")
            .map((row, _) ->
                new Generation(row.getLong("generation"), row.getLong("hunt_generation")))
            .one());
  }

  @Override
  public void countChange() {
    database.use(handle ->
        handle.createUpdate("update gene_state set generation = generation + 1").execute());
  }

  @Override
  public void hunt() {
    database.use(handle ->
        handle.createUpdate("update gene_state set hunt_generation = generation").execute());
  }
}
