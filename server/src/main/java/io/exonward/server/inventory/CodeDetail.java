package io.exonward.server.inventory;

import io.exonward.common.hash.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One code object.
 *
 * @param sizeBytes null if not known
 * @param prevalence hosts that executed or loaded it
 * @param executions on all of them
 * @param loads by processes that ran already, on all of them
 * @param paths it was executed or loaded from, at most 50, untrusted text
 * @param packages that claim it, name and version
 * @param hosts at most 100, most executions first
 */
public record CodeDetail(
    Sha256 sha256,
    @Nullable Long sizeBytes,
    Instant firstSeen,
    Instant lastSeen,
    int prevalence,
    long executions,
    long loads,
    List<String> paths,
    List<String> packages,
    List<CodeHost> hosts) {
  public CodeDetail {
    paths = List.copyOf(paths);
    packages = List.copyOf(packages);
    hosts = List.copyOf(hosts);
  }

  /** A host that executed or loaded it. */
  public record CodeHost(UUID id, String hostname, long executions, Instant lastSeen) {}
}
