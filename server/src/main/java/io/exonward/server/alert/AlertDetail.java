package io.exonward.server.alert;

import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.server.detect.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All about one alert.
 *
 * @param evidence at most 20: the first and the newest 19, oldest first
 * @param hosts at most 100, most occurrences first
 * @param history oldest first
 * @param coverage what the newest host's sensors could see when it happened; null if not known
 */
public record AlertDetail(
    Alert alert,
    List<Evidence> evidence,
    List<AlertHost> hosts,
    List<AlertHistory> history,
    AllowProposal allowProposal,
    @Nullable SensorLevel coverage) {
  public AlertDetail {
    evidence = List.copyOf(evidence);
    hosts = List.copyOf(hosts);
    history = List.copyOf(history);
  }
}
