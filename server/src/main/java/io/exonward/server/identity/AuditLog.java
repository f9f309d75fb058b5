package io.exonward.server.identity;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The append-only, hash-chained record of what was done, by whom. Thread-safe. */
public final class AuditLog {
  private static final int MAX_TEXT = 1024;

  private final AuditStore store;
  private final Transactions transactions;
  private final Clock clock;

  public AuditLog(AuditStore store, Transactions transactions, Clock clock) {
    this.store = store;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Whether the log is what was written.
   *
   * @param entries how many lines were checked
   * @param firstBrokenSequence the first line that does not follow from the one before; null if
   *     intact
   */
  public record Verification(long entries, @Nullable Long firstBrokenSequence) {
    public boolean isIntact() {
      return firstBrokenSequence == null;
    }
  }

  /**
   * Appends a line; within an open transaction it stands or falls with it.
   *
   * @param detail texts are cut to 1024 characters; secrets never belong here
   */
  public void record(Actor actor, String action, String target, Map<String, String> detail) {
    TreeMap<String, String> kept = new TreeMap<>();
    detail.forEach((name, value) -> kept.put(name, cut(value)));
    transactions.run(() -> append(actor, action, cut(target), kept));
  }

  private void append(Actor actor, String action, String target, SortedMap<String, String> detail) {
    AuditStore.Head head = store.lockHead();
    long sequence = head.sequence() + 1;
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Sha256 hash = AuditChain.next(head.hash(), sequence, at, actor, action, target, detail);
    store.append(new AuditEntry(sequence, at, actor, action, target, detail, hash));
  }

  /** As {@link AuditStore#list}. */
  public Page<AuditEntry> list(@Nullable String actor, @Nullable String action, PageRequest page) {
    return store.list(actor, action, page);
  }

  /** Recomputes the whole chain; cost is one pass over the log. */
  public Verification verify() {
    AuditStore.Head head = store.head();
    Walk walk = new Walk(head.sequence());
    store.visit(walk);
    if (walk.broken == null && (walk.count != head.sequence() || !walk.last.equals(head.hash()))) {
      walk.broken = walk.count + 1;
    }
    return new Verification(walk.count, walk.broken);
  }

  // NUL cannot be stored as text in PostgreSQL; a lone surrogate has no UTF-8 form.
  private static String cut(String text) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_TEXT));
    text.codePoints()
        .limit(MAX_TEXT)
        .map(c ->
            c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** Follows the chain up to the line that was the newest when it began. */
  private static final class Walk implements Predicate<AuditEntry> {
    private final long end;
    private long count;
    private Sha256 last = AuditChain.START;
    private @Nullable Long broken;

    Walk(long end) {
      this.end = end;
    }

    @Override
    public boolean test(AuditEntry entry) {
      if (count == end) {
        return false;
      }
      if (entry.sequence() != count + 1 || !AuditChain.isNext(last, entry)) {
        broken = count + 1;
        return false;
      }
      count++;
      last = entry.hash();
      return true;
    }
  }
}
