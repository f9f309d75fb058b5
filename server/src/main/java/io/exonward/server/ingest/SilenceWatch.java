package io.exonward.server.ingest;

import io.exonward.server.alert.Alerts;
import io.exonward.server.detect.HostDetectors;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Transactions;
import java.time.Clock;
import java.util.List;

/** Notices agents that are not heard any more. Thread-safe. */
public final class SilenceWatch {
  private final Hosts hosts;
  private final Alerts alerts;
  private final Transactions transactions;
  private final Clock clock;

  public SilenceWatch(Hosts hosts, Alerts alerts, Transactions transactions, Clock clock) {
    this.hosts = hosts;
    this.alerts = alerts;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** To be called every two seconds: raises one alert for each host that has become silent. */
  public void tick() {
    transactions.run(() -> {
      hosts.findHeardAgain();
      for (Host host : hosts.findNewlySilent()) {
        alerts.raise(
            host.group(),
            host.id(),
            List.of(HostDetectors.silent(host, clock.instant())),
            host.level());
      }
    });
  }
}
