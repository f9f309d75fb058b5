package io.exonward.server.api;

import io.exonward.server.identity.AuditLog;
import io.exonward.server.inventory.Transactions;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes a change and writes its audit line, in one transaction. Thread-safe. */
final class Audited {
  private final Transactions transactions;
  private final AuditLog audit;

  Audited(Transactions transactions, AuditLog audit) {
    this.transactions = transactions;
    this.audit = audit;
  }

  /**
   * What the line says.
   *
   * @param target such as "alert/12"
   */
  record Line(String action, String target, Map<String, String> detail) {}

  /** Runs {@code change}; {@code line} is asked for what was done afterwards. */
  <T> T change(Caller caller, Supplier<T> change, Function<T, Line> line) {
    return transactions.call(() -> {
      T result = change.get();
      Line written = line.apply(result);
      audit.record(caller.actor(), written.action(), written.target(), written.detail());
      return result;
    });
  }
}
