package io.exonward.agent.inspect;

import io.exonward.common.hash.HashAbsence;
import java.util.Map;

/**
 * Counts since the start.
 *
 * @param hits executions answered from the cache
 * @param hashed executions answered by reading the file
 * @param absences executions without a hash, by reason
 * @param filesRead files read to their end
 * @param bytesRead of them
 * @param filesDropped descriptors that came faster than they could be read
 * @param abandoned readers that hung in the kernel, ever
 * @param hanging readers that hang now
 * @param cached hashes in the cache now
 * @param pending executions that wait now
 */
public record InspectCounters(
    long hits,
    long hashed,
    Map<HashAbsence, Long> absences,
    long filesRead,
    long bytesRead,
    long filesDropped,
    long abandoned,
    int hanging,
    int cached,
    int pending) {
  public InspectCounters {
    absences = Map.copyOf(absences);
  }
}
