package io.exonward.server.api;

import io.exonward.common.hash.Sha256;
import io.exonward.server.alert.Alerts;
import io.exonward.server.api.Audited.Line;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostDetail;
import io.exonward.server.inventory.HostFilter;
import io.exonward.server.inventory.HostState;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Inventory;
import io.exonward.server.inventory.Page;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Hosts and what they executed. */
final class HostRoutes {
  private final Hosts hosts;
  private final Inventory inventory;
  private final Alerts alerts;
  private final Audited audited;

  HostRoutes(Hosts hosts, Inventory inventory, Alerts alerts, Audited audited) {
    this.hosts = hosts;
    this.inventory = inventory;
    this.alerts = alerts;
    this.audited = audited;
  }

  List<Route> routes() {
    String path = "/api/v1/hosts";
    String one = path + "/{host_id}";
    return List.of(
        Routes.get("listHosts", path, Role.VIEWER, this::list),
        Routes.get("readHost", one, Role.VIEWER, this::read),
        Routes.get("listExecutions", one + "/executions", Role.VIEWER, this::listExecutions),
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
    call.ok(HostDetailView.of(detail, countOpen(detail.host().id())));
  }

  private void listExecutions(Call call) {
    call.allowParameters(Set.of("limit", "after", "sha256"));
    UUID id = call.uuid("host_id");
    Sha256 sha256 = call.parameter("sha256", it -> Fields.sha256("sha256", it));
    if (hosts.find(id).isEmpty()) {
      throw new ProblemException(Problem.Kind.NOT_FOUND, "there is no host " + id);
    }
    call.list(inventory.listExecutions(id, sha256, call.page()), ExecutionView::of);
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
