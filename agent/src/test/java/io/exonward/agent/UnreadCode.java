package io.exonward.agent;

import io.exonward.agent.inspect.CodeInspector;
import io.exonward.agent.inspect.Inspection;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import java.util.function.Consumer;

/** An inspector that reads nothing. */
final class UnreadCode implements CodeInspector {
  private static final Inspection UNREAD =
      new Inspection(new ContentHash.Missing(HashAbsence.OVER_BUDGET), null, null, null);

  @Override
  public void inspect(KernelEvent.Exec exec, Consumer<Inspection> consumer) {
    consumer.accept(UNREAD);
  }

  @Override
  public void inspect(KernelEvent.Load load, Consumer<Inspection> consumer) {
    consumer.accept(UNREAD);
  }

  @Override
  public void executedAgain(KernelEvent.Exec exec) {
    throw new AssertionError("no code was read that could come again");
  }

  @Override
  public long version() {
    return 0;
  }
}
