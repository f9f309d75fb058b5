package io.exonward.server.store;

import io.exonward.server.inventory.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions that belong to the thread which began them. Thread-safe. */
public final class JdbcTransactions implements Transactions {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcTransactions.class);

  private final Database database;

  // One for each database, not one for all: several can be open in one process.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<@Nullable List<Runnable>> actions = new ThreadLocal<>();

  public JdbcTransactions(Database database) {
    this.database = database;
  }

  @Override
  public <T> T call(Supplier<T> work) {
    if (actions.get() != null) {
      return work.get();
    }
    List<Runnable> due = new ArrayList<>();
    T result;
    actions.set(due);
    try {
      result = database.inTransaction(_ -> work.get());
    } finally {
      actions.remove();
    }
    due.forEach(JdbcTransactions::runSafely);
    return result;
  }

  @Override
  public void afterCommit(Runnable action) {
    List<Runnable> due = actions.get();
    if (due == null) {
      action.run();
    } else {
      due.add(action);
    }
  }

  /** What is committed is done: a listener that fails must not make it look undone. */
  private static void runSafely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a listener failed after a commit");
    }
  }
}
