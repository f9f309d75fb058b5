package io.exonward.server.api;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.hash.Sha256;
import io.exonward.server.alert.Alerts;
import io.exonward.server.api.Audited.Line;
import io.exonward.server.api.CoverageView.LedgerView;
import io.exonward.server.coverage.Coverages;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostDetail;
import io.exonward.server.inventory.HostFilter;
import io.exonward.server.inventory.HostState;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Inventory;
import io.exonward.server.inventory.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Hosts, what ran on them and what could be seen of it. */
final class HostRoutes {
  private final Hosts hosts;
  private final Inventory inventory;
  private final Coverages coverages;
  private final Alerts alerts;
  private final Audited audited;

  HostRoutes(ApiServices services, Audited audited) {
    this.hosts = services.hosts();
    this.inventory = services.inventory();
    this.coverages = services.coverages();
    this.alerts = services.alerts();
    this.audited = audited;
  }

  List<Route> routes() {
    String path = "/api/v1/hosts";
    String one = path + "/{host_id}";
    return List.of(
        Routes.get("listHosts", path, Role.VIEWER, this::list),
        Routes.get("readHost", one, Role.VIEWER, this::read),
        Routes.get("listExecutions", one + "/executions", Role.VIEWER, this::listExecutions),
        Routes.get("listCodeLoads", one + "/loads", Role.VIEWER, this::listLoads),
        Routes.get("listActions", one + "/actions", Role.VIEWER, this::listActions),
        Routes.get("readCoverage", one + "/coverage", Role.VIEWER, this::readCoverage),
        Routes.post("banHost", one + "/ban", Role.ADMINISTRATOR, this::ban));
  }

  private void list(Call call) {
    call.allowParameters(Set.of("limit", "after", "group", "state", "q"));
    HostFilter filter =
        new HostFilter(
            call.parameter("group"),
            call.parameter("state", it -> Fields.choice("state", it, HostState.class)),
            call.parameter("q"));
    Page<Host> page = hosts.list(filter, call.page());
    Map<UUID, Integer> open = alerts.countOpen(page.items().stream().map(Host::id).toList());
    call.list(page, host -> HostView.of(host, open.getOrDefault(host.id(), 0)));
  }

  private void read(Call call) {
    HostDetail detail = hosts.read(call.uuid("host_id"));
    call.ok(
        HostDetailView.of(detail, coverages.readDay(detail.host()), countOpen(detail.host().id())));
  }

  private void listExecutions(Call call) {
    call.allowParameters(Set.of("limit", "after", "sha256"));
    UUID id = known(call);
    Sha256 sha256 = call.parameter("sha256", it -> Fields.sha256("sha256", it));
    call.list(inventory.listExecutions(id, sha256, call.page()), ExecutionView::of);
  }

  private void listLoads(Call call) {
    call.allowParameters(Set.of("limit", "after", "sha256", "kind"));
    UUID id = known(call);
    CodeLoadKind kind = call.parameter("kind", it -> Fields.choice("kind", it, CodeLoadKind.class));
    Sha256 sha256 = call.parameter("sha256", it -> Fields.sha256("sha256", it));
    call.list(inventory.listLoads(id, kind, sha256, call.page()), LoadView::of);
  }

  private void listActions(Call call) {
    call.allowParameters(Set.of("limit", "after", "kind"));
    UUID id = known(call);
    ActionKind kind = call.parameter("kind", it -> Fields.choice("kind", it, ActionKind.class));
    call.list(inventory.listActions(id, kind, call.page()), ActionView::of);
  }

  private void readCoverage(Call call) {
    call.allowParameters(Set.of("limit", "after", "from", "to"));
    Instant from = Fields.instant("from", call.parameter("from"));
    Instant to = Fields.instant("to", call.parameter("to"));
    call.ok(LedgerView.of(coverages.read(call.uuid("host_id"), from, to, call.page())));
  }

  private UUID known(Call call) {
    UUID id = call.uuid("host_id");
    if (hosts.find(id).isEmpty()) {
      throw new ProblemException(Problem.Kind.NOT_FOUND, "there is no host " + id);
    }
    return id;
  }

  private void ban(Call call) {
    UUID id = call.uuid("host_id");
    String reason = Fields.reason(call.body(ReasonBody.class).reason());
    Host host =
        audited.change(
            call.caller(),
            () -> hosts.ban(id, call.caller().operator(), reason),
            it ->
                new Line(
                    "host.ban", "host/" + id, Map.of("hostname", it.hostname(), "reason", reason)));
    call.ok(HostView.of(host, countOpen(id)));
  }

  private int countOpen(UUID id) {
    return alerts.countOpen(List.of(id)).getOrDefault(id, 0);
  }
}
