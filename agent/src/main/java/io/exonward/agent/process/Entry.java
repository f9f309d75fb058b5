package io.exonward.agent.process;

import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.process.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process in the table. It is changed in place, because a process of a storm is forked,
 * executes and ends within a millisecond. Owned by the table.
 */
final class Entry {
  final ProcessId process;
  @Nullable ProcessId parent;
  boolean isEnded;
  int children; // that count it as their parent
  @Nullable Entry countedBy; // the parent, if it was in the table when this became its child
  long imageNumber;
  Image image = Image.UNKNOWN;
  List<String> commandLine = List.of(); // in parts: it is rarely asked for
  @Nullable User user;

  // The list that it stands in, for EntryList.
  @Nullable EntryList list;
  @Nullable Entry before;
  @Nullable Entry after;

  Entry(ProcessId process) {
    this.process = process;
  }

  void describe(Image newImage, List<String> newCommandLine, @Nullable User newUser) {
    image = newImage;
    commandLine = newCommandLine;
    user = newUser;
  }

  ProcessSummary summary() {
    String line = commandLine.isEmpty() ? null : String.join(" ", commandLine);
    return new ProcessSummary(process, image.executable(), image.sha256(), line, user);
  }

  int textLength() {
    String executable = image.executable();
    int length = executable == null ? 0 : executable.length();
    for (int i = 0; i < commandLine.size(); i++) { // an iterator would be garbage for each event
      length += commandLine.get(i).length();
    }
    return length;
  }
}
