package io.exonward.server.store;

import io.exonward.common.policy.PackageRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The package that code belongs to, in four columns that are all null if there is none. */
final class Owners {
  private Owners() {}

  static @Nullable PackageRef read(ResultSet row) throws SQLException {
    String name = row.getString("package_name");
    return name == null
        ? null
        : new PackageRef(
            row.getString("package_manager"),
            name,
            row.getString("package_version"),
            row.getString("package_architecture"));
  }

  /** Binds manager, name, version and architecture. */
  static <S extends SqlStatement<S>> S bind(S statement, @Nullable PackageRef owner) {
    return statement
        .bind("manager", owner == null ? null : owner.manager())
        .bind("name", owner == null ? null : owner.name())
        .bind("version", owner == null ? null : owner.version())
        .bind("architecture", owner == null ? null : owner.architecture());
  }
}
