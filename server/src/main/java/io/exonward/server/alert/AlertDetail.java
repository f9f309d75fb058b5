package io.exonward.server.alert;

import io.exonward.server.coverage.CoverageMoment;
import io.exonward.server.detect.Evidence;
import io.exonward.server.gene.Lineage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All about one alert.
 *
 * @param evidence at most 20: the first and the newest 19, oldest first
 * @param hosts at most 100, most occurrences first
 * @param history oldest first
 * @param lineage what the genes of the code say; null if it is not about code, or nobody knows
 * @param coverage what could be seen where and when the newest evidence is from; null if the host
 *     is not known any more
 */
public record AlertDetail(
    Alert alert,
    List<Evidence> evidence,
    List<AlertHost> hosts,
    List<AlertHistory> history,
    AllowProposal allowProposal,
    @Nullable Lineage lineage,
    @Nullable CoverageMoment coverage) {
  public AlertDetail {
    evidence = List.copyOf(evidence);
    hosts = List.copyOf(hosts);
    history = List.copyOf(history);
  }
}
