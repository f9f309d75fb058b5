package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.CodeDetail;
import io.exonward.server.inventory.CodeDetail.CodeHost;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads all about one code object. */
record CodeReader(Handle handle, Sha256 sha256) {
  private static final int PATHS = 50;
  private static final int HOSTS = 100;

  Optional<CodeDetail> find() {
    List<String> paths = texts("executable");
    List<String> packages = texts("package");
    List<CodeHost> hosts = hosts();
    return handle
        .createQuery(
            """
            select c.*, sums.hosts, coalesce(sums.executions, 0)::bigint as executions,
              coalesce(sums.loads, 0)::bigint as loads
            from code_object c, (select count(*) as hosts, sum(executions) as executions,
              sum(loads) as loads
              from code_object_host where sha256 = :sha256) sums
            where c.sha256 = :sha256\
            """)
        .bind("sha256", sha256.toBytes())
        .map((row, _) -> detail(row, paths, packages, hosts))
        .findOne();
  }

  private static CodeDetail detail(
      ResultSet row, List<String> paths, List<String> packages, List<CodeHost> hosts)
      throws SQLException {
    return new CodeDetail(
        Columns.sha256(row, "sha256"),
        Columns.longOrNull(row, "size_bytes"),
        Columns.instant(row, "first_seen"),
        Columns.instant(row, "last_seen"),
        row.getInt("hosts"),
        row.getLong("executions"),
        row.getLong("loads"),
        paths,
        packages,
        hosts);
  }

  /** The column is one of our names, never a caller's text. */
  private List<String> texts(String column) {
    return handle
        .createQuery(
            "select "
                + column
                + " as value from code_object_host where sha256 = :sha256 and "
                + column
                + " is not null group by 1 order by max(last_seen) desc limit :limit")
        .bind("sha256", sha256.toBytes())
        .bind("limit", PATHS)
        .mapTo(String.class)
        .list();
  }

  private List<CodeHost> hosts() {
    return handle
        .createQuery(
            """
            select h.id, h.hostname, c.executions, c.last_seen
            from code_object_host c join host h on h.id = c.host_id
            where c.sha256 = :sha256 order by c.executions desc, h.hostname limit :limit\
            """)
        .bind("sha256", sha256.toBytes())
        .bind("limit", HOSTS)
        .map((row, _) ->
            new CodeHost(
                Columns.uuid(row, "id"),
                row.getString("hostname"),
                row.getLong("executions"),
                Columns.instant(row, "last_seen")))
        .list();
  }
}
