package io.exonward.agent.sensor;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way of one sensor's events to the next stage, which can be opened and shut so that sensors
 * take turns. Keeps proofs back. {@link #accept} is for the sensor's thread, the rest for any.
 */
final class Gate implements KernelEventSink {
  private final KernelEventSink next;
  private final Proofs proofs;
  private final Consumer<Proof> onProof;
  private final AtomicReference<@Nullable KernelEvent> last = new AtomicReference<>();
  private final AtomicReference<@Nullable Predicate<KernelEvent>> passes; // null: all

  /**
   * @param onProof called on the sensor's thread with each proof that it saw
   */
  Gate(KernelEventSink next, Proofs proofs, boolean isOpen, Consumer<Proof> onProof) {
    this.next = next;
    this.proofs = proofs;
    this.onProof = onProof;
    passes = new AtomicReference<>(isOpen ? null : _ -> false);
  }

  @Override
  public void accept(KernelEvent event) {
    if (proofs.isAny() && isOfProof(event)) {
      return;
    }
    Predicate<KernelEvent> test = passes.get();
    if (test != null && !test.test(event)) {
      return;
    }
    next.accept(event);
    last.lazySet(event);
  }

  @Override
  public boolean isFilling() {
    return next.isFilling();
  }

  @Override
  public void acceptAll(List<? extends KernelEvent> events) {
    if (proofs.isAny() || passes.get() != null) {
      events.forEach(this::accept);
    } else if (!events.isEmpty()) {
      next.acceptAll(events);
      last.lazySet(events.getLast());
    }
  }

  private boolean isOfProof(KernelEvent event) {
    return switch (event) {
      case KernelEvent.Exec exec -> {
        var proof = proofs.find(exec);
        proof.ifPresent(onProof);
        yield proof.isPresent();
      }
      case KernelEvent.Load load -> proofs.isOurs(load.process().pid());
      case KernelEvent.Action action -> proofs.isOurs(action.process().pid());
      case KernelEvent.Fork _, KernelEvent.Exit _, KernelEvent.Lost _ -> false;
    };
  }

  void open() {
    passes.set(null);
  }

  void shut() {
    passes.set(_ -> false);
  }

  /** Lets through what passes a test. */
  void open(Predicate<KernelEvent> test) {
    passes.set(test);
  }

  /** Lets through what passes a test, and everything from an event on that {@code ends} it. */
  void open(Predicate<KernelEvent> test, Predicate<KernelEvent> ends) {
    passes.set(
        new Predicate<>() {
          @Override
          public boolean test(KernelEvent event) {
            if (ends.test(event)) {
              passes.compareAndSet(this, null); // unless it was shut meanwhile
            }
            return test.test(event);
          }
        });
  }

  /** When the newest event happened that went through; {@code otherwise} if there was none. */
  Instant newest(Instant otherwise) {
    KernelEvent event = last.getAcquire();
    return event == null ? otherwise : event.occurredAt();
  }
}
