package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.policy.BaselineEntry;
import io.exonward.server.policy.BaselineStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Baselines in PostgreSQL. Thread-safe. */
public final class JdbcBaselineStore implements BaselineStore {
  private final Database database;

  public JdbcBaselineStore(Database database) {
    this.database = database;
  }

  @Override
  public void addCode(String group, Collection<LearnedCode> code, Instant now) {
    if (code.isEmpty()) {
      return;
    }
    database.use(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              """
              insert into baseline_object (group_name, sha256, executable, first_seen)
              values (:group, :sha256, :executable, :now) on conflict do nothing\
              """);
      code.stream()
          .sorted(Comparator.comparing(LearnedCode::sha256))
          .forEach(learned ->
              batch
                  .bind("group", group)
                  .bind("sha256", learned.sha256().toBytes())
                  .bind("executable", learned.executable())
                  .bind("now", Columns.at(now))
                  .add());
      batch.execute();
    });
  }

  @Override
  public void addPackages(String group, Collection<PackageRef> packages, Instant now) {
    if (packages.isEmpty()) {
      return;
    }
    database.use(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              """
              insert into baseline_package
                (group_name, manager, name, version, architecture, first_seen)
              values (:group, :manager, :name, :version, :architecture, :now)
              on conflict do nothing\
              """);
      packages.stream()
          .sorted(Comparator.comparing(PackageRef::toString))
          .forEach(ref ->
              batch
                  .bind("group", group)
                  .bind("manager", ref.manager())
                  .bind("name", ref.name())
                  .bind("version", ref.version())
                  .bind("architecture", ref.architecture())
                  .bind("now", Columns.at(now))
                  .add());
      batch.execute();
    });
  }

  @Override
  public Set<Sha256> findCode(String group, Collection<Sha256> code) {
    if (code.isEmpty()) {
      return Set.of();
    }
    return database.with(handle ->
        handle
            .createQuery(
                "select sha256 from baseline_object where group_name = :group and sha256"
                    + Hashes.IN)
            .bind("group", group)
            .bindArray("hashes", String.class, Hashes.toHex(code))
            .map((row, _) -> Columns.sha256(row, "sha256"))
            .set());
  }

  @Override
  public Set<PackageRef> findPackages(String group, Collection<PackageRef> packages) {
    if (packages.isEmpty()) {
      return Set.of();
    }
    return database.with(handle ->
        handle
            .createQuery(
                """
                select b.manager, b.name, b.version, b.architecture from baseline_package b
                join unnest(:managers, :names, :versions, :architectures)
                  as wanted (manager, name, version, architecture)
                  using (manager, name, version, architecture)
                where b.group_name = :group\
                """)
            .bind("group", group)
            .bindArray(
                "managers", String.class, packages.stream().map(PackageRef::manager).toArray())
            .bindArray("names", String.class, packages.stream().map(PackageRef::name).toArray())
            .bindArray(
                "versions", String.class, packages.stream().map(PackageRef::version).toArray())
            .bindArray(
                "architectures",
                String.class,
                packages.stream().map(PackageRef::architecture).toArray())
            .map((row, _) -> packageRef(row))
            .set());
  }

  @Override
  public List<Sha256> listCode(String group, int limit) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select sha256 from baseline_object where group_name = :group
                order by sha256 limit :limit\
                """)
            .bind("group", group)
            .bind("limit", limit)
            .map((row, _) -> Columns.sha256(row, "sha256"))
            .list());
  }

  @Override
  public List<PackageRef> listPackages(String group, int limit) {
    return database.with(handle ->
        handle
            .createQuery("select * from baseline_package where group_name = :group limit :limit")
            .bind("group", group)
            .bind("limit", limit)
            .map((row, _) -> packageRef(row))
            .list());
  }

  @Override
  public Page<BaselineEntry> list(String group, PageRequest page) {
    return database.with(handle ->
        Page.of(
            handle
                .createQuery(
                    """
                    select b.*, (select count(*) from code_object_host c
                      join host h on h.id = c.host_id
                      where c.sha256 = b.sha256 and h.group_name = b.group_name) as hosts
                    from baseline_object b
                    where b.group_name = :group and (:after::bytea is null
                      or (b.first_seen, b.sha256) < (select last.first_seen, last.sha256
                        from baseline_object last
                        where last.group_name = :group and last.sha256 = :after::bytea))
                    order by b.first_seen desc, b.sha256 desc limit :limit\
                    """)
                .bind("group", group)
                .bind("after", Columns.bytesOrNull(position(page)))
                .bind("limit", page.limit() + 1)
                .map((row, _) -> entry(row))
                .list(),
            page,
            entry -> entry.sha256().toString()));
  }

  private static @Nullable Sha256 position(PageRequest page) {
    String position = page.position();
    try {
      return position == null ? null : Sha256.parse(position);
    } catch (IllegalArgumentException _) {
      throw PageRequest.unknownPosition();
    }
  }

  private static BaselineEntry entry(ResultSet row) throws SQLException {
    return new BaselineEntry(
        Columns.sha256(row, "sha256"),
        row.getString("executable"),
        row.getInt("hosts"),
        Columns.instant(row, "first_seen"));
  }

  private static PackageRef packageRef(ResultSet row) throws SQLException {
    return new PackageRef(
        row.getString("manager"),
        row.getString("name"),
        row.getString("version"),
        row.getString("architecture"));
  }

  @Override
  public List<String> groupsHolding(Sha256 sha256) {
    return database.with(handle ->
        handle
            .createQuery("select group_name from baseline_object where sha256 = :sha256 order by 1")
            .bind("sha256", sha256.toBytes())
            .mapTo(String.class)
            .list());
  }

  @Override
  public int countCode(String group) {
    return countCodeSince(group, Instant.EPOCH);
  }

  @Override
  public int countCodeSince(String group, Instant since) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select count(*) from baseline_object
                where group_name = :group and first_seen >= :since\
                """)
            .bind("group", group)
            .bind("since", Columns.at(since))
            .mapTo(Integer.class)
            .one());
  }

  @Override
  public int countPackages(String group) {
    return database.with(handle ->
        handle
            .createQuery("select count(*) from baseline_package where group_name = :group")
            .bind("group", group)
            .mapTo(Integer.class)
            .one());
  }
}
