package io.exonward.server.detect;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.Hosts;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that looks at whether a host can still be seen, in every mode. Thread-safe. */
public final class HostDetectors {
  private HostDetectors() {}

  /**
   * Events are missing. That the agent was down is the silence's evidence, unless it was back
   * before it would have been missed: a restart is normal. What was shed by intent stands in the
   * ledger of coverage, and alarms nobody: builds open thousands of files in a second.
   */
  public static Optional<Detection> loss(Host host, Event.Loss loss) {
    if (loss.cause() == LossCause.AGENT_DOWN) {
      boolean isShort = Duration.between(loss.from(), loss.to()).compareTo(Hosts.SILENT_AFTER) < 0;
      String summary = "the agent was not running from " + loss.from() + " to " + loss.to();
      return isShort ? Optional.empty() : Optional.of(silence(host, loss.to(), summary, loss));
    }
    if (loss.cause() == LossCause.SHED) {
      return Optional.empty();
    }
    String count = loss.count() == 0 ? "an unknown number of" : Long.toString(loss.count());
    String cause =
        loss.cause() == LossCause.NOT_STATED
            ? "nothing says why"
            : loss.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String summary = count + " events are missing (" + cause + ")";
    return Optional.of(sensorLoss(host, loss.to(), summary, loss));
  }

  /** Fewer things can be seen than before; empty if that is not so. */
  public static Optional<Detection> coverageChange(
      Host host, @Nullable SensorLevel before, Coverage after) {
    if (before == null || after.level().compareTo(before) <= 0) {
      return Optional.empty();
    }
    String summary = "the sensor level fell from " + name(before) + " to " + name(after.level());
    return Optional.of(sensorLoss(host, after.since(), summary, null));
  }

  /** An agent that was connected is not heard any more. */
  public static Detection silent(Host host, Instant now) {
    String since = host.lastSeenAt() == null ? "it enrolled" : host.lastSeenAt().toString();
    return silence(host, now, "nothing was heard of the agent since " + since, null);
  }

  /** What the agent says of its machine differs from what it enrolled as. */
  public static Detection foreignMachine(Host host, String claimed, Instant now) {
    return sensorLoss(
        host,
        now,
        "the agent connected from machine "
            + claimed
            + ", but enrolled on machine "
            + host.machineId()
            + ": its identity may have been copied",
        null);
  }

  private static Detection sensorLoss(
      Host host, Instant at, String summary, Event.@Nullable Loss loss) {
    DetectionKind kind = DetectionKind.SENSOR_LOSS;
    return new Detection(
        kind,
        Subject.ofSensorLoss(host.id()),
        "Sensor loss on " + host.hostname(),
        1,
        new Evidence(at, host.id(), host.hostname(), kind, summary, exhibit(loss)));
  }

  private static Detection silence(
      Host host, Instant at, String summary, Event.@Nullable Loss loss) {
    DetectionKind kind = DetectionKind.SILENT_AGENT;
    return new Detection(
        kind,
        Subject.ofSilence(host.id()),
        "Agent silent on " + host.hostname(),
        1,
        new Evidence(at, host.id(), host.hostname(), kind, summary, exhibit(loss)));
  }

  private static @Nullable Exhibit exhibit(Event.@Nullable Loss loss) {
    return loss == null ? null : new Exhibit.Lost(loss);
  }

  private static String name(SensorLevel level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
