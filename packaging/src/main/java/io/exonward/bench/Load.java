package io.exonward.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is run while a subject watches. The programs are in {@code packaging/benchmark/programs}.
 */
enum Load {
  /** The smallest static program, one execution after the other. */
  TINY("tiny static program"),
  /** A dynamic program: the loader and the C library come with it. */
  TRUE("dynamic program, /bin/true"),
  /** As tiny, by two workers at the same time. */
  P2("tiny static program, two workers"),
  MAKE("make -j2 of 41 C files"),
  SHELL("shell loop"),
  /** System calls as real programs make them. */
  FILES("file walk and pipes"),
  /** The limit: only the cheapest system call. */
  SYSCALLS("null system call"),
  LATENCY("posix_spawn to exit, program that only root can write"),
  /** Of a program that a user can write: no ignore mark may cover it. */
  WRITABLE("posix_spawn to exit, program that a user can write");

  private final String title;

  Load(String title) {
    this.title = title;
  }

  static Load named(String name) {
    return Arrays.stream(values())
        .filter(load -> load.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no load " + name));
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  boolean isLatency() {
    return this == LATENCY || this == WRITABLE;
  }

  /** Executions with a marker. */
  int marked(int executions) {
    return switch (this) {
      case TINY, P2 -> executions;
      case TRUE -> Math.ceilDiv(executions, 4);
      case LATENCY, WRITABLE -> Math.ceilDiv(executions, 2);
      case MAKE, SHELL, FILES, SYSCALLS -> 0;
    };
  }

  /**
   * The command that runs it.
   *
   * @param run name of the run, for the markers
   */
  List<String> command(Options options, String run) {
    String count = "" + marked(options.executions());
    String nothing = options.program("nothing");
    return switch (this) {
      case TINY -> List.of(options.program("storm"), count, "1", run, nothing);
      case TRUE -> List.of(options.program("storm"), count, "1", run, options.program("true"));
      case P2 -> List.of(options.program("storm"), count, "2", run, nothing);
      case MAKE ->
          List.of(
              options.program("timed"), "make", "-sBj2", "-C", options.work() + "/project", "all");
      case SHELL -> List.of(options.program("timed"), options.work() + "/loop");
      case FILES -> List.of(options.program("files"), "10", options.work() + "/tree", "100000");
      case SYSCALLS -> List.of(options.program("syscalls"), "5000000");
      case LATENCY -> List.of(options.program("latency"), count, run, nothing);
      case WRITABLE -> List.of(options.program("latency"), count, run, options.program("writable"));
    };
  }
}
