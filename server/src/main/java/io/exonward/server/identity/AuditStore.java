package io.exonward.server.identity;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where the audit log is kept: lines are only ever appended. */
public interface AuditStore {
  /** The newest line's number and hash. */
  record Head(long sequence, Sha256 hash) {}

  /**
   * Locks the end of the log until the open transaction ends and says where it is. Call inside a
   * transaction.
   */
  Head lockHead();

  /** Appends a line after the locked end. Call inside the same transaction. */
  void append(AuditEntry entry);

  /**
   * Newest first.
   *
   * @param actor exactly this name; null for any
   * @param action exactly this, or all below it where it ends with '.'; null for any
   */
  Page<AuditEntry> list(@Nullable String actor, @Nullable String action, PageRequest page);

  /** Hands all lines to {@code visitor}, oldest first, until it says false; holds few in memory. */
  void visit(Predicate<AuditEntry> visitor);

  /** The end as the log's own head row names it, without a lock. */
  Head head();
}
