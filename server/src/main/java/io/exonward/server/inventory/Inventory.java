package io.exonward.server.inventory;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.hash.Sha256;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What ran where. Thread-safe. */
public final class Inventory {
  private final InventoryStore store;

  public Inventory(InventoryStore store) {
    this.store = store;
  }

  /**
   * Executions on one host, newest first.
   *
   * @param sha256 only of this code; null for any
   */
  public Page<ExecutionRecord> listExecutions(
      UUID host, @Nullable Sha256 sha256, PageRequest page) {
    return store.listExecutions(host, sha256, page);
  }

  /** Code loads on one host, those seen first most recently first; null for any. */
  public Page<LoadRecord> listLoads(
      UUID host, @Nullable CodeLoadKind kind, @Nullable Sha256 sha256, PageRequest page) {
    return store.listLoads(host, kind, sha256, page);
  }

  /** What processes of one host did, newest first; null for any. */
  public Page<ActionRecord> listActions(UUID host, @Nullable ActionKind kind, PageRequest page) {
    return store.listActions(host, kind, page);
  }

  /**
   * One code object.
   *
   * @throws RefusedException if no host ever executed or loaded it
   */
  public CodeDetail readCode(Sha256 sha256) {
    return store
        .findCode(sha256)
        .orElseThrow(() -> RefusedException.notFound("code object", sha256));
  }

  /** Sums from {@code since} until now. */
  public InventoryFigures readFigures(Instant since) {
    return store.readFigures(since);
  }
}
