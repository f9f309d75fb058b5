package io.exonward.agent.sensor.procfs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The members of /proc/PID/stat that are used here. // man 5 proc_pid_stat
 *
 * @param parentPid 0 if it has none
 * @param startTicks 1/100 s since boot
 * @param isKernelThread runs no program
 * @param startStack address of the stack's bottom: differs from one execve to the next, because the
 *     kernel randomizes it
 */
record ProcessStat(int parentPid, long startTicks, boolean isKernelThread, long startStack) {
  static final int LIMIT_BYTES = 4096;

  // Fields as numbered in the manual; what follows the name starts with field 3.
  private static final int FIRST = 3;
  private static final int PARENT = 4;
  private static final int FLAGS = 9;
  private static final int START = 22;
  private static final int START_STACK = 28;
  private static final int PF_KTHREAD = 0x00200000; // linux include/linux/sched.h

  /** Reads the file's content; empty if it is none. The name in it may hold any byte but zero. */
  static Optional<ProcessStat> parse(byte[] stat) {
    String text = new String(stat, StandardCharsets.ISO_8859_1);
    int nameEnd = text.lastIndexOf(')');
    if (nameEnd < 0 || nameEnd + 2 > text.length()) {
      return Optional.empty();
    }
    String[] fields = text.substring(nameEnd + 2).split(" ", -1);
    if (fields.length <= START_STACK - FIRST) {
      return Optional.empty();
    }
    try {
      int parent = Integer.parseInt(fields[PARENT - FIRST]);
      long start = Long.parseLong(fields[START - FIRST]);
      long flags = Long.parseLong(fields[FLAGS - FIRST]);
      long stack = Long.parseUnsignedLong(fields[START_STACK - FIRST]);
      return parent < 0 || start < 0
          ? Optional.empty()
          : Optional.of(new ProcessStat(parent, start, (flags & PF_KTHREAD) != 0, stack));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
