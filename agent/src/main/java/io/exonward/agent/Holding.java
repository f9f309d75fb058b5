package io.exonward.agent;

import io.exonward.agent.inspect.HashingInspector;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import io.exonward.common.event.ActionKind;
import java.util.List;

/**
 * Has memfds, and what is executed and only its process leads to, held open as soon as a sensor
 * tells of them, on the sensor's own thread: who executes it may end before the pipeline comes to
 * it.
 */
final class Holding implements KernelEventSink {
  private final HashingInspector inspector;
  private final KernelEventSink next;

  Holding(HashingInspector inspector, KernelEventSink next) {
    this.inspector = inspector;
    this.next = next;
  }

  @Override
  public void accept(KernelEvent event) {
    hold(event);
    next.accept(event);
  }

  @Override
  public boolean isFilling() {
    return next.isFilling();
  }

  @Override
  public void acceptAll(List<? extends KernelEvent> events) {
    events.forEach(this::hold);
    next.acceptAll(events);
  }

  private void hold(KernelEvent event) {
    if (event instanceof KernelEvent.Exec exec) {
      inspector.hold(exec);
    } else if (event instanceof KernelEvent.Action action
        && action.kind() == ActionKind.MEMFD_CREATED) {
      inspector.hold(action.process().pid(), action.descriptor());
    }
  }
}
