package io.exonward.server.api;

import io.exonward.common.policy.Mode;
import io.exonward.server.api.Audited.Line;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.Page;
import io.exonward.server.policy.BaselineEntry;
import io.exonward.server.policy.BaselineSummary;
import io.exonward.server.policy.Baselines;
import io.exonward.server.policy.Groups;
import io.exonward.server.policy.HostGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Host groups, their modes and baselines. */
final class GroupRoutes {
  private final Groups groups;
  private final Baselines baselines;
  private final Audited audited;

  GroupRoutes(Groups groups, Baselines baselines, Audited audited) {
    this.groups = groups;
    this.baselines = baselines;
    this.audited = audited;
  }

  List<Route> routes() {
    String path = "/api/v1/groups";
    String one = path + "/{group}";
    return List.of(
        Routes.get("listGroups", path, Role.VIEWER, this::list),
        Routes.post("createGroup", path, Role.ADMINISTRATOR, this::create),
        Routes.get("readGroup", one, Role.VIEWER, this::read),
        Routes.put("setGroupMode", one + "/mode", Role.ADMINISTRATOR, this::setMode),
        Routes.get("readBaseline", one + "/baseline", Role.VIEWER, this::readBaseline),
        Routes.post("freezeBaseline", one + "/baseline/freeze", Role.ADMINISTRATOR, this::freeze));
  }

  private record GroupCreate(
      @Nullable String name, @Nullable String mode, @Nullable String learnFor) {}

  private record ModeChange(
      @Nullable String mode, @Nullable String reason, @Nullable String learnFor) {}

  private record BaselineView(
      String group,
      String mode,
      @Nullable Instant learnUntil,
      @Nullable Instant frozenAt,
      int codeObjects,
      int packages,
      int newLastHour,
      List<EntryView> items,
      @Nullable String next) {}

  private record EntryView(
      String sha256, @Nullable String executable, int hosts, Instant firstSeen) {
    static EntryView of(BaselineEntry it) {
      return new EntryView(it.sha256().toString(), it.executable(), it.hosts(), it.firstSeen());
    }
  }

  private void list(Call call) {
    call.allowParameters(Set.of());
    call.list(new Page<>(groups.list(), null), GroupView::of);
  }

  private void create(Call call) {
    GroupCreate body = call.body(GroupCreate.class);
    String name = Fields.require("name", body.name());
    Mode mode = body.mode() == null ? Mode.LEARN : Fields.choice("mode", body.mode(), Mode.class);
    Duration learnFor = Fields.duration("learn_for", body.learnFor());
    HostGroup group =
        audited.change(
            call.caller(),
            () -> groups.create(name, mode, learnFor),
            it -> new Line("group.create", target(name), describe(it, null)));
    call.json(201, GroupView.of(group));
  }

  private void read(Call call) {
    call.ok(GroupView.of(groups.read(call.path("group"))));
  }

  private void setMode(Call call) {
    ModeChange body = call.body(ModeChange.class);
    String name = call.path("group");
    Mode mode = Fields.choice("mode", body.mode(), Mode.class);
    Duration learnFor = Fields.duration("learn_for", body.learnFor());
    String reason = Fields.reason(body.reason());
    HostGroup group =
        audited.change(
            call.caller(),
            () -> groups.setMode(name, mode, learnFor),
            it -> new Line("group.mode", target(name), describe(it, reason)));
    call.ok(GroupView.of(group));
  }

  private void readBaseline(Call call) {
    call.allowParameters(Set.of("limit", "after"));
    call.ok(baseline(call));
  }

  private void freeze(Call call) {
    String reason = Fields.reason(call.body(ReasonBody.class).reason());
    String name = call.path("group");
    HostGroup _ =
        audited.change(
            call.caller(),
            () -> groups.freeze(name),
            it -> new Line("group.freeze", target(name), describe(it, reason)));
    call.ok(baseline(call));
  }

  private BaselineView baseline(Call call) {
    BaselineSummary summary = baselines.read(call.path("group"));
    HostGroup group = summary.group();
    Page<BaselineEntry> entries = baselines.list(group.name(), call.page());
    return new BaselineView(
        group.name(),
        Fields.code(group.mode()),
        group.learnUntil(),
        group.frozenAt(),
        summary.codeObjects(),
        summary.packages(),
        summary.newLastHour(),
        entries.items().stream().map(EntryView::of).toList(),
        entries.next());
  }

  private static String target(String name) {
    return "group/" + name;
  }

  private static Map<String, String> describe(HostGroup group, @Nullable String reason) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("mode", Fields.code(group.mode()));
    if (group.learnUntil() != null) {
      detail.put("learn_until", group.learnUntil().toString());
    }
    if (reason != null) {
      detail.put("reason", reason);
    }
    return detail;
  }
}
