package io.exonward.server.api;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** All operations of the API over what they need. */
public final class ApiOperations {
  private final Routes routes;
  private final Guard guard;
  private final ChangeStream stream;
  private final MeterRegistry metrics;

  public ApiOperations(ApiServices services, ApiIdentity identity, ApiHealth health) {
    Audited audited = new Audited(identity.transactions(), identity.audit());
    this.guard = new Guard(identity.sessions(), identity.apiTokens());
    this.stream = new ChangeStream(services.alerts(), services.hosts(), guard);
    this.metrics = health.metrics();
    this.metrics.gauge("exonward.api.stream.readers", stream, ChangeStream::readers);
    this.routes =
        new Routes(
            List.of(
                new SessionRoutes(identity.operators(), identity.sessions()).routes(),
                new OverviewRoutes(services, health.clock()).routes(),
                stream.routes(),
                new AlertRoutes(services.alerts(), services.triage(), audited).routes(),
                new HostRoutes(services, audited).routes(),
                new CodeRoutes(services.inventory(), services.rules(), services.baselines())
                    .routes(),
                new FamilyRoutes(services.families(), audited).routes(),
                new GeneRoutes(services.lineages(), audited).routes(),
                new GroupRoutes(services.groups(), services.baselines(), audited).routes(),
                new RuleRoutes(services.rules(), audited).routes(),
                new JoinTokenRoutes(identity.joinTokens(), services.groups()).routes(),
                new OperatorRoutes(identity.operators()).routes(),
                new ApiTokenRoutes(identity.apiTokens()).routes(),
                new AuditRoutes(identity.audit()).routes(),
                new SystemRoutes(health.version(), health.trouble(), health.metrics()).routes()));
  }

  Routes routes() {
    return routes;
  }

  Guard guard() {
    return guard;
  }

  ChangeStream stream() {
    return stream;
  }

  MeterRegistry metrics() {
    return metrics;
  }
}
