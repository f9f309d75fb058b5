package io.exonward.server.inventory;

import io.exonward.common.event.Coverage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps hosts. Every method takes part in the surrounding transaction.
 *
 * <p>{@code silentBefore}: a host that was last seen earlier than this is silent.
 */
public interface HostStore {
  /** Adds a host. */
  void insert(NewHost host);

  /** Gives an enrolled host another name and group and lifts a ban; its history stays. */
  void renew(UUID id, String hostname, String group);

  Optional<Host> find(UUID id, Instant silentBefore);

  Optional<Host> findByMachineId(String machineId, Instant silentBefore);

  Optional<HostDetail> findDetail(UUID id, Instant silentBefore);

  /** By name, then id. */
  Page<Host> list(HostFilter filter, PageRequest page, Instant silentBefore);

  HostCounts count(Instant silentBefore);

  /** Marks it banned; does nothing if it already is. */
  void ban(UUID id, Ban ban);

  /** Keeps what an agent said when it connected. */
  void recordConnection(UUID id, Connection connection);

  /** Keeps that an agent was heard; null: no new coverage or figures. */
  void recordHeard(
      UUID id, Instant at, @Nullable Coverage coverage, @Nullable AgentFigures figures);

  /** Connected before, not banned, last seen before {@code silentBefore} and not yet marked so. */
  List<Host> findNewlySilent(Instant silentBefore);

  /** Marked silent, but heard since. */
  List<Host> findHeardAgain(Instant silentBefore);

  /** Remembers whether the host was found silent, so that it is reported once. */
  void markSilent(UUID id, boolean isSilent);

  /** A host to add. */
  record NewHost(UUID id, String hostname, String group, String machineId, Instant enrolledAt) {}
}
