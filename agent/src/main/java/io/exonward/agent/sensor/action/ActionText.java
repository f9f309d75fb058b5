package io.exonward.agent.sensor.action;

import io.exonward.common.event.ActionKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what stands after a record. Bytes that are not UTF-8 become U+FFFD. */
final class ActionText {
  static final int ID_CHANGE_BYTES = 24;
  static final int DESTINATION_BYTES = 24;
  private static final String MEMFD_PREFIX = "memfd:";
  private static final int AF_INET = 2; // linux include/linux/socket.h
  private static final int IDS = 3;

  private ActionText() {}

  /** The first string; null if it is empty. */
  static @Nullable String name(byte[] text) {
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return end == 0 ? null : new String(text, 0, end, StandardCharsets.UTF_8);
  }

  /** What an action says beside its numbers; null if nothing. */
  static @Nullable String detail(ActionKind kind, byte[] text, boolean isOfGroups) {
    return switch (kind) {
      case CREDENTIALS_CHANGED -> ids(text, isOfGroups ? "gid" : "uid");
      case CONNECTED -> destination(text);
      case MEMFD_CREATED -> memfd(name(text));
      case EXECUTABLE_MAPPED,
          MADE_EXECUTABLE,
          PTRACE_ATTACHED,
          PTRACE_WRITTEN,
          PROCESS_WRITTEN,
          PROCESS_MEMORY_OPENED,
          UPROBE_SET,
          BPF_LOADED,
          MODULE_LOADED ->
          name(text);
    };
  }

  private static @Nullable String memfd(@Nullable String name) {
    return name != null && name.startsWith(MEMFD_PREFIX)
        ? name.substring(MEMFD_PREFIX.length())
        : name;
  }

  /** Real, effective and saved, before and after; a hyphen for what stays. */
  private static String ids(byte[] text, String what) {
    require(text, ID_CHANGE_BYTES);
    ByteBuffer ids = ByteBuffer.wrap(text).order(ByteOrder.nativeOrder());
    StringBuilder line = new StringBuilder(what);
    for (int i = 0; i < 2 * IDS; i++) {
      int id = ids.getInt();
      String before = i == 0 ? " " : i == IDS ? " to " : "/";
      line.append(before).append(id == -1 ? "-" : Integer.toUnsignedString(id));
    }
    return line.toString();
  }

  private static String destination(byte[] text) {
    require(text, DESTINATION_BYTES);
    int family = ByteBuffer.wrap(text).order(ByteOrder.nativeOrder()).getShort();
    int port = Short.toUnsignedInt(ByteBuffer.wrap(text).order(ByteOrder.BIG_ENDIAN).getShort(2));
    byte[] address =
        family == AF_INET ? Arrays.copyOfRange(text, 4, 8) : Arrays.copyOfRange(text, 8, 24);
    try {
      return InetAddress.getByAddress(address).getHostAddress() + " " + port;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + address.length + " bytes", e);
    }
  }

  private static void require(byte[] text, int bytes) {
    if (text.length < bytes) {
      throw new IllegalArgumentException("a detail has " + text.length + " bytes, not " + bytes);
    }
  }

  /** Joins components that stand from the leaf to the root. */
  static String path(byte[] text) {
    StringBuilder path = new StringBuilder(text.length + 1);
    int end = text.length;
    while (end > 0) {
      int start = end - 1; // the terminator
      while (start > 0 && text[start - 1] != 0) {
        start--;
      }
      path.append('/').append(new String(text, start, end - 1 - start, StandardCharsets.UTF_8));
      end = start;
    }
    return path.isEmpty() ? "/" : path.toString();
  }
}
