package io.exonward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the kernel says of the machine and of processes. */
final class Machine {
  private static final Path PROC = Path.of("/proc");

  private final Commands commands;
  private final String cpuTime;

  Machine(Commands commands, Options options) {
    this.commands = commands;
    this.cpuTime = options.program("cputime");
  }

  /** Bytes, of several processes together. */
  record Memory(long resident, long proportional, long anonymous) {}

  /** Processor time in nanoseconds that these processes have used. */
  long cpuNanos(List<String> pids) {
    if (pids.isEmpty()) {
      return 0;
    }
    List<String> command = new ArrayList<>(List.of(cpuTime));
    command.addAll(pids);
    return Long.parseLong(commands.run(command).strip());
  }

  Memory memory(List<String> pids) {
    long resident = 0;
    long proportional = 0;
    long anonymous = 0;
    for (String pid : pids) {
      for (String line : memoryLines(pid)) {
        String[] words = line.split(" +", -1);
        switch (words[0]) {
          case "Rss:" -> resident += kibibytes(words);
          case "Pss:" -> proportional += kibibytes(words);
          case "Anonymous:" -> anonymous += kibibytes(words);
          default -> {}
        }
      }
    }
    return new Memory(resident, proportional, anonymous);
  }

  /** Nothing for a thread of the kernel, which has no memory of its own. */
  private static List<String> memoryLines(String pid) {
    boolean isKernelThread = lines(PROC.resolve(pid).resolve("maps")).isEmpty();
    return isKernelThread ? List.of() : lines(PROC.resolve(pid).resolve("smaps_rollup"));
  }

  private static long kibibytes(String[] words) {
    return Long.parseLong(words[1]) * 1024;
  }

  /** Processes and threads that were started since boot. */
  static long forks() {
    return lines(PROC.resolve("stat")).stream()
        .filter(line -> line.startsWith("processes "))
        .mapToLong(line -> Long.parseLong(line.substring(10)))
        .sum();
  }

  /** Processor time in nanoseconds that all processors together were not idle since boot. */
  static long busyNanos() {
    // user, nice, system, idle, iowait, irq, softirq in 1/100 s // man 5 proc_stat
    String[] words = lines(PROC.resolve("stat")).getFirst().split(" +", -1);
    long ticks = 0;
    for (int i : new int[] {1, 2, 3, 6, 7}) {
      ticks += Long.parseLong(words[i]);
    }
    return ticks * 10_000_000;
  }

  /** Kernel, processors and memory in one line. */
  static String describe() {
    long kibibytes =
        lines(PROC.resolve("meminfo")).stream()
            .filter(line -> line.startsWith("MemTotal:"))
            .mapToLong(line -> kibibytes(line.split(" +", -1)))
            .sum();
    return "Linux %s, %s, %d processors, %d GiB"
        .formatted(
            System.getProperty("os.version"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            kibibytes >> 30);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
