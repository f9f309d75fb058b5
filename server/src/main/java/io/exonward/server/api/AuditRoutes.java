package io.exonward.server.api;

import io.exonward.server.identity.AuditEntry;
import io.exonward.server.identity.AuditLog;
import io.exonward.server.identity.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The audit log. */
final class AuditRoutes {
  private final AuditLog audit;

  AuditRoutes(AuditLog audit) {
    this.audit = audit;
  }

  List<Route> routes() {
    String path = "/api/v1/audit";
    return List.of(
        Routes.get("listAudit", path, Role.ADMINISTRATOR, this::list),
        Routes.get("verifyAudit", path + "/verification", Role.ADMINISTRATOR, this::verify));
  }

  private record AuditEntryView(
      long sequence,
      Instant at,
      String actor,
      String actorKind,
      @Nullable String address,
      String action,
      String target,
      Map<String, String> detail,
      String hash) {
    static AuditEntryView of(AuditEntry it) {
      return new AuditEntryView(
          it.sequence(),
          it.at(),
          it.actor().name(),
          it.actor().kind().code(),
          it.actor().address(),
          it.action(),
          it.target(),
          it.detail(),
          it.hash().toString());
    }
  }

  private record AuditVerification(
      boolean intact, long entries, @Nullable Long firstBrokenSequence) {}

  private void list(Call call) {
    call.allowParameters(Set.of("limit", "after", "actor", "action"));
    call.list(
        audit.list(call.parameter("actor"), call.parameter("action"), call.page()),
        AuditEntryView::of);
  }

  private void verify(Call call) {
    AuditLog.Verification result = audit.verify();
    call.ok(
        new AuditVerification(result.isIntact(), result.entries(), result.firstBrokenSequence()));
  }
}
