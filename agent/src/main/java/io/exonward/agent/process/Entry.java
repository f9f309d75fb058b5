package io.exonward.agent.process;

import io.exonward.common.hash.Sha256;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.process.User;
import org.jspecify.annotations.Nullable;

/**
 * One process in the table. It is changed in place, because a process of a storm is forked,
 * executes and ends within a millisecond. Owned by the table.
 */
final class Entry {
  final ProcessId process;
  @Nullable ProcessId parent;
  long image;
  @Nullable String executable;
  @Nullable Sha256 sha256;
  @Nullable String commandLine;
  @Nullable User user;

  // The list that it stands in, for EntryList.
  @Nullable EntryList list;
  @Nullable Entry before;
  @Nullable Entry after;

  Entry(ProcessId process) {
    this.process = process;
  }

  void describe(
      @Nullable String newExecutable,
      @Nullable Sha256 newSha256,
      @Nullable String newCommandLine,
      @Nullable User newUser) {
    executable = newExecutable;
    sha256 = newSha256;
    commandLine = newCommandLine;
    user = newUser;
  }

  ProcessSummary summary() {
    return new ProcessSummary(process, executable, sha256, commandLine, user);
  }

  int textLength() {
    return length(executable) + length(commandLine);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
