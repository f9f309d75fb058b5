package io.exonward.agent.linux;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Netlink socket that is told of processes. For one thread. // linux include/uapi/linux/cn_proc.h
 */
public final class ProcessConnector implements AutoCloseable {
  /** Offsets in the struct proc_event that {@link #receive} gives. */
  public static final int PROCESS_EVENT = 36; // after struct nlmsghdr and struct cn_msg

  private static final int CONNECTOR_SEQUENCE = 24;
  private static final int AF_NETLINK = 16;
  private static final int SOCK_DGRAM = 2;
  private static final int NETLINK_CONNECTOR = 11;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int PROC_CN_MCAST_LISTEN = 1;
  private static final int BUFFER_BYTES = 4096;
  private static final int MESSAGE_BYTES = PROCESS_EVENT + 16;

  private final Descriptor socket;
  private final ByteBuffer message =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.nativeOrder());

  /**
   * Subscribes to all processes of the initial namespaces.
   *
   * @throws NativeException if the kernel refuses
   */
  public ProcessConnector(int receiveBufferBytes) {
    int type = SOCK_DGRAM | Descriptor.O_CLOEXEC;
    int number = Libc.socket(AF_NETLINK, type, NETLINK_CONNECTOR);
    socket = new Descriptor(Libc.check(number, "socket", "NETLINK_CONNECTOR"));
    try {
      byte[] size = words(4).putInt(receiveBufferBytes).array();
      int result = Libc.setsockopt(number, SOL_SOCKET, SO_RCVBUFFORCE, size, size.length);
      Libc.check(result, "setsockopt", "SO_RCVBUFFORCE");
      subscribe();
    } catch (NativeException e) {
      socket.close();
      throw e;
    }
  }

  private void subscribe() {
    byte[] address =
        words(12).putShort((short) AF_NETLINK).putShort((short) 0).putInt(0).putInt(1).array();
    Libc.check(Libc.bind(number(), address, address.length), "bind", "CN_IDX_PROC");
    byte[] request =
        words(PROCESS_EVENT + 4)
            .putInt(PROCESS_EVENT + 4)
            .putShort((short) 3) // NLMSG_DONE
            .putShort((short) 0)
            .putInt(0)
            .putInt(0)
            .putInt(1) // CN_IDX_PROC
            .putInt(1) // CN_VAL_PROC
            .putInt(0)
            .putInt(0)
            .putShort((short) 4)
            .putShort((short) 0)
            .putInt(PROC_CN_MCAST_LISTEN)
            .array();
    Libc.check(
        (int) Libc.send(number(), request, request.length, 0), "send", "PROC_CN_MCAST_LISTEN");
  }

  private static ByteBuffer words(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
  }

  /** Descriptor to wait for. */
  public int number() {
    return socket.number();
  }

  /** What {@link #receive} found. */
  public enum Received {
    /** {@link #message} is a process event. */
    EVENT,
    /** Nothing is there. */
    NOTHING,
    /** The kernel's buffer was full: events are missing. */
    OVERFLOW
  }

  /** Takes the next message, without waiting. */
  public Received receive() {
    while (true) {
      long bytes = Libc.recv(number(), message.array(), BUFFER_BYTES, MSG_DONTWAIT);
      if (bytes >= MESSAGE_BYTES) {
        return Received.EVENT;
      }
      int errno = bytes < 0 ? Native.getLastError() : 0;
      if (errno == Errno.EAGAIN) {
        return Received.NOTHING;
      }
      if (errno == Errno.ENOBUFS) {
        return Received.OVERFLOW;
      }
      if (errno != 0 && errno != Errno.EINTR) {
        throw new NativeException("recv(NETLINK_CONNECTOR)", errno);
      }
    }
  }

  /** The last message, a struct proc_event from {@link #PROCESS_EVENT} on. */
  public ByteBuffer message() {
    return message;
  }

  /** Rises by one with each message of one processor. */
  public int sequence() {
    return message.getInt(CONNECTOR_SEQUENCE);
  }

  @Override
  public void close() {
    socket.close();
  }
}
