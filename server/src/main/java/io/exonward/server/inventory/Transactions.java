package io.exonward.server.inventory;

import java.util.function.Supplier;

/** All or nothing. Thread-safe. */
public interface Transactions {
  /**
   * Runs {@code work}; every store that it calls on this thread takes part. Nested calls join the
   * outermost one. An exception rolls everything back.
   */
  <T> T call(Supplier<T> work);

  /** As {@link #call}, without a result. */
  default void run(Runnable work) {
    call(() -> {
      work.run();
      return true;
    });
  }

  /**
   * Runs {@code action} on this thread once the transaction that surrounds the call has committed;
   * at once if there is none, never if it rolls back.
   */
  void afterCommit(Runnable action);
}
