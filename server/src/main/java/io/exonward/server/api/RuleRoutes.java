package io.exonward.server.api;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.policy.Effect;
import io.exonward.common.policy.Selector;
import io.exonward.server.api.Audited.Line;
import io.exonward.server.api.RuleView.SelectorView;
import io.exonward.server.identity.Role;
import io.exonward.server.policy.GroupRule;
import io.exonward.server.policy.NewRule;
import io.exonward.server.policy.Rules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rules. */
final class RuleRoutes {
  private final Rules rules;
  private final Audited audited;

  RuleRoutes(Rules rules, Audited audited) {
    this.rules = rules;
    this.audited = audited;
  }

  List<Route> routes() {
    String path = "/api/v1/rules";
    return List.of(
        Routes.get("listRules", path, Role.VIEWER, this::list),
        Routes.post("createRule", path, Role.ADMINISTRATOR, this::create),
        Routes.delete("deleteRule", path + "/{rule_id}", Role.ADMINISTRATOR, this::delete));
  }

  private record RuleCreate(
      @Nullable String group,
      @Nullable String effect,
      @Nullable SelectorView selector,
      @Nullable String reason,
      @Nullable String expiresAt) {}

  private void list(Call call) {
    call.allowParameters(Set.of("limit", "after", "group"));
    call.list(rules.list(call.parameter("group"), call.page()), RuleView::of);
  }

  private void create(Call call) {
    RuleCreate body = call.body(RuleCreate.class);
    Instant expiresAt = Fields.instant("expires_at", body.expiresAt());
    NewRule wish =
        new NewRule(
            Fields.require("group", body.group()),
            Fields.choice("effect", body.effect(), Effect.class),
            selector(Fields.require("selector", body.selector())),
            Fields.reason(body.reason()),
            call.caller().operator(),
            expiresAt,
            null);
    GroupRule rule =
        audited.change(
            call.caller(),
            () -> rules.add(wish),
            it -> new Line("rule.create", target(it), describe(it)));
    call.json(201, RuleView.of(rule));
  }

  private void delete(Call call) {
    long id = call.number("rule_id");
    GroupRule _ =
        audited.change(
            call.caller(),
            () -> rules.remove(id),
            it -> new Line("rule.delete", target(it), describe(it)));
    call.noContent();
  }

  private static Selector selector(SelectorView view) {
    String hash = view.sha256();
    String memory = view.memory();
    try {
      return new Selector(
          hash == null ? null : Fields.sha256("selector.sha256", hash),
          view.packageName(),
          view.path(),
          memory == null ? null : Fields.choice("selector.memory", memory, CodeOrigin.class));
    } catch (IllegalArgumentException e) {
      throw ProblemException.notAcceptable("selector", String.valueOf(e.getMessage()));
    }
  }

  private static String target(GroupRule rule) {
    return "rule/" + rule.rule().id();
  }

  /** A rule as the audit log keeps it, so that a deleted one can still be read there. */
  static Map<String, String> describe(GroupRule rule) {
    Map<String, String> detail = new TreeMap<>();
    SelectorView selector = SelectorView.of(rule.rule().selector());
    put(detail, "group", rule.group());
    put(detail, "effect", Fields.code(rule.rule().effect()));
    put(detail, "sha256", selector.sha256());
    put(detail, "package", selector.packageName());
    put(detail, "path", selector.path());
    put(detail, "memory", selector.memory());
    put(detail, "reason", rule.reason());
    put(detail, "expires_at", rule.rule().expiresAt());
    return detail;
  }

  private static void put(Map<String, String> detail, String name, @Nullable Object value) {
    if (value != null) {
      detail.put(name, value.toString());
    }
  }
}
