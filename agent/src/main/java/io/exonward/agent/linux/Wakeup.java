package io.exonward.agent.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Wakes a thread that waits in a {@link Poller}. {@link #signal} is for any thread. */
public final class Wakeup implements AutoCloseable {
  private final Descriptor event;

  /** Makes one that has not been signaled. // man 2 eventfd */
  public Wakeup() {
    int flags = Descriptor.O_CLOEXEC | Descriptor.O_NONBLOCK;
    event = new Descriptor(Libc.check(Libc.eventfd(0, flags), "eventfd", 0));
  }

  /** Descriptor to wait for. */
  public int number() {
    return event.number();
  }

  /** From now on the descriptor is ready. */
  public void signal() {
    byte[] one = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(1).array();
    Libc.check((int) Libc.write(event.number(), one, one.length), "write", "eventfd");
  }

  @Override
  public void close() {
    event.close();
  }
}
