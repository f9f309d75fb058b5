package io.exonward.agent.linux;

import com.sun.jna.Pointer;

/** What libbpf warns of. Not thread-safe. */
final class LibbpfLog {
  private static final int WARN = 0; // bpf/libbpf.h, enum libbpf_print_level
  private static final int END_CHARACTERS = 600;

  private final StringBuilder warnings = new StringBuilder();
  private final Libbpf.Print print = this::keepWarning; // referenced, so that it is not collected

  /** Has libbpf say everything to this one, and no longer to another. */
  void listen() {
    Libbpf.libbpf_set_print(print);
  }

  private int keepWarning(int level, Pointer format, Pointer arguments) {
    if (level == WARN) {
      warnings.append(Libbpf.format(format, arguments));
    }
    return 0;
  }

  /** The end of what libbpf said, on one line: a verifier's reason stands last. */
  String end() {
    int start = Math.max(0, warnings.length() - END_CHARACTERS);
    return warnings.substring(start).strip().replaceAll("\\s*\\n\\s*", "; ");
  }
}
