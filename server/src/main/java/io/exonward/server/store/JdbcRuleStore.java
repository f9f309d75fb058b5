package io.exonward.server.store;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Effect;
import io.exonward.common.policy.Rule;
import io.exonward.common.policy.Selector;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.policy.GroupRule;
import io.exonward.server.policy.NewRule;
import io.exonward.server.policy.RuleStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules in PostgreSQL. Thread-safe. */
public final class JdbcRuleStore implements RuleStore {
  private static final int NAMING = 500;
  private static final String ACTIVE =
      " from rule where group_name = :group and (expires_at is null or expires_at > :now)";

  private final Database database;

  public JdbcRuleStore(Database database) {
    this.database = database;
  }

  @Override
  public GroupRule insert(NewRule rule, Instant createdAt) {
    Selector selector = rule.selector();
    return database.with(handle ->
        handle
            .createQuery(
                """
                insert into rule (group_name, effect, sha256, package_name, path, memory, reason,
                  owner, created_at, expires_at, alert_id)
                values (:group, :effect, :sha256, :package, :path, :memory, :reason,
                  :owner, :createdAt, :expiresAt, :alertId) returning *\
                """)
            .bind("group", rule.group())
            .bind("effect", rule.effect().name())
            .bind("sha256", Columns.bytesOrNull(selector.sha256()))
            .bind("package", selector.packageName())
            .bind("path", selector.path())
            .bind("memory", Columns.nameOrNull(selector.memory()))
            .bind("reason", rule.reason())
            .bind("owner", rule.owner())
            .bind("createdAt", Columns.at(createdAt))
            .bind("expiresAt", Columns.atOrNull(rule.expiresAt()))
            .bind("alertId", rule.alertId())
            .map((row, _) -> groupRule(row))
            .one());
  }

  @Override
  public Optional<GroupRule> find(long id) {
    return database.with(handle ->
        handle
            .createQuery("select * from rule where id = :id")
            .bind("id", id)
            .map((row, _) -> groupRule(row))
            .findOne());
  }

  @Override
  public void delete(long id) {
    database.use(
        handle -> handle.createUpdate("delete from rule where id = :id").bind("id", id).execute());
  }

  @Override
  public Page<GroupRule> list(@Nullable String group, PageRequest page) {
    return database.with(handle ->
        Page.of(
            handle
                .createQuery(
                    """
                    select * from rule where (:group::text is null or group_name = :group)
                      and (:after::bigint is null or id < :after)
                    order by id desc limit :limit\
                    """)
                .bind("group", group)
                .bind("after", Positions.number(page))
                .bind("limit", page.limit() + 1)
                .map((row, _) -> groupRule(row))
                .list(),
            page,
            rule -> Long.toString(rule.rule().id())));
  }

  @Override
  public List<GroupRule> listNaming(Sha256 sha256) {
    return database.with(handle ->
        handle
            .createQuery("select * from rule where sha256 = :sha256 order by id desc limit :limit")
            .bind("sha256", sha256.toBytes())
            .bind("limit", NAMING)
            .map((row, _) -> groupRule(row))
            .list());
  }

  @Override
  public List<Rule> listActive(String group, Instant now) {
    return database.with(handle ->
        handle
            .createQuery("select *" + ACTIVE + " order by id")
            .bind("group", group)
            .bind("now", Columns.at(now))
            .map((row, _) -> rule(row))
            .list());
  }

  @Override
  public int countActive(String group, Instant now) {
    return database.with(handle ->
        handle
            .createQuery("select count(*)" + ACTIVE)
            .bind("group", group)
            .bind("now", Columns.at(now))
            .mapTo(Integer.class)
            .one());
  }

  private static GroupRule groupRule(ResultSet row) throws SQLException {
    return new GroupRule(
        row.getString("group_name"),
        rule(row),
        row.getString("reason"),
        row.getString("owner"),
        Columns.instant(row, "created_at"),
        Columns.longOrNull(row, "alert_id"));
  }

  private static Rule rule(ResultSet row) throws SQLException {
    return new Rule(
        row.getLong("id"),
        Effect.valueOf(row.getString("effect")),
        new Selector(
            Columns.sha256OrNull(row, "sha256"),
            row.getString("package_name"),
            row.getString("path"),
            Columns.enumOrNull(row, "memory", CodeOrigin.class)),
        Columns.instantOrNull(row, "expires_at"));
  }
}
