package io.exonward.server.api;

import io.exonward.common.hash.Sha256;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.CodeDetail;
import io.exonward.server.inventory.Inventory;
import io.exonward.server.policy.Baselines;
import io.exonward.server.policy.Rules;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Code objects. */
final class CodeRoutes {
  private final Inventory inventory;
  private final Rules rules;
  private final Baselines baselines;

  CodeRoutes(Inventory inventory, Rules rules, Baselines baselines) {
    this.inventory = inventory;
    this.rules = rules;
    this.baselines = baselines;
  }

  List<Route> routes() {
    return List.of(Routes.get("readCode", "/api/v1/code/{sha256}", Role.VIEWER, this::read));
  }

  private record CodeView(
      String sha256,
      Instant firstSeen,
      Instant lastSeen,
      @Nullable Long sizeBytes,
      int prevalence,
      long executions,
      long loads,
      List<String> paths,
      List<String> packages,
      List<CodeDetail.CodeHost> hosts,
      List<RuleView> rules,
      List<String> baselines) {}

  private void read(Call call) {
    Sha256 sha256 = call.sha256("sha256");
    CodeDetail code = inventory.readCode(sha256);
    call.ok(
        new CodeView(
            sha256.toString(),
            code.firstSeen(),
            code.lastSeen(),
            code.sizeBytes(),
            code.prevalence(),
            code.executions(),
            code.loads(),
            code.paths(),
            code.packages(),
            code.hosts(),
            rules.listNaming(sha256).stream().map(RuleView::of).toList(),
            baselines.groupsHolding(sha256)));
  }
}
