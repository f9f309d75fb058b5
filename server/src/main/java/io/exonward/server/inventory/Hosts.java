package io.exonward.server.inventory;

import io.exonward.common.event.Coverage;
import io.exonward.server.inventory.HostStore.NewHost;
import io.exonward.server.inventory.RefusedException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The enrolled machines. Thread-safe. */
public final class Hosts {
  /** An agent that was not heard for this long is silent. */
  public static final Duration SILENT_AFTER = Duration.ofSeconds(15);

  private final HostStore store;
  private final Transactions transactions;
  private final Clock clock;
  private final Instant startedAt;
  private final Changes<Host> changes = new Changes<>();

  public Hosts(HostStore store, Transactions transactions, Clock clock) {
    this.store = store;
    this.transactions = transactions;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** Hosts whose state changed: enrolled, connected, silent, banned. */
  public Changes<Host> changes() {
    return changes;
  }

  /** Adds a machine that was given an identity. The caller has checked that its group exists. */
  public Host enroll(UUID id, String hostname, String group, String machineId) {
    return changed(
        id, () -> store.insert(new NewHost(id, hostname, group, machineId, clock.instant())));
  }

  /**
   * The same machine got a new identity under its old id, which lifts a ban; all that is known of
   * it stays.
   */
  public Host reenroll(UUID id, String hostname, String group) {
    return changed(id, () -> store.renew(id, hostname, group));
  }

  public Optional<Host> find(UUID id) {
    return store.find(id, silentBefore());
  }

  public Optional<Host> findByMachineId(String machineId) {
    return store.findByMachineId(machineId, silentBefore());
  }

  /**
   * All about one host.
   *
   * @throws RefusedException if there is none
   */
  public HostDetail read(UUID id) {
    return store
        .findDetail(id, silentBefore())
        .orElseThrow(() -> RefusedException.notFound("host", id));
  }

  /** By name. */
  public Page<Host> list(HostFilter filter, PageRequest page) {
    return store.list(filter, page, silentBefore());
  }

  public HostCounts count() {
    return store.count(silentBefore());
  }

  /**
   * Refuses this agent for good and cuts its streams.
   *
   * @throws RefusedException if there is no such host, or it is banned already
   */
  public Host ban(UUID id, String actor, String reason) {
    return transactions.call(() -> {
      if (require(id).state() == HostState.BANNED) {
        throw new RefusedException(Kind.CONFLICT, "the host is banned already");
      }
      return changed(id, () -> store.ban(id, new Ban(clock.instant(), actor, reason)));
    });
  }

  /** An agent connected. */
  public Host connected(UUID id, Connection connection) {
    return changed(
        id,
        () -> {
          store.recordConnection(id, connection);
          store.markSilent(id, false);
        });
  }

  /** An agent was heard; null: it said nothing new of its coverage or figures. */
  public void heard(UUID id, @Nullable Coverage coverage, @Nullable AgentFigures figures) {
    store.recordHeard(id, clock.instant(), coverage, figures);
  }

  /** Hosts that have become silent since the last call; each is published and returned once. */
  public List<Host> findNewlySilent() {
    return transactions.call(() -> mark(store.findNewlySilent(silentBefore()), true));
  }

  /** The same for hosts that were silent and are heard again without a new connection. */
  public List<Host> findHeardAgain() {
    return transactions.call(() -> mark(store.findHeardAgain(silentBefore()), false));
  }

  private List<Host> mark(List<Host> hosts, boolean isSilent) {
    return hosts.stream()
        .map(host -> changed(host.id(), () -> store.markSilent(host.id(), isSilent)))
        .toList();
  }

  private Host changed(UUID id, Runnable change) {
    return transactions.call(() -> {
      change.run();
      Host host = require(id);
      transactions.afterCommit(() -> changes.publish(host));
      return host;
    });
  }

  private Host require(UUID id) {
    return find(id).orElseThrow(() -> RefusedException.notFound("host", id));
  }

  /**
   * Hosts that were last seen earlier are silent. While the server was down nobody could be heard:
   * silence counts from its start.
   */
  public Instant silentBefore() {
    Instant limit = clock.instant().minus(SILENT_AFTER);
    return startedAt.isBefore(limit) ? limit : Instant.EPOCH;
  }
}
