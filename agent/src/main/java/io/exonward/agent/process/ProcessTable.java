package io.exonward.agent.process;

import io.exonward.common.hash.Sha256;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The processes of this host, and for a while those that ended, because their children still name
 * them as parents. When the table is full, of processes or of text, the one that ended first goes;
 * if all are alive, the one that was seen first. What goes is counted.
 *
 * <p>Not thread-safe: owned by the pipeline's thread.
 */
public final class ProcessTable {
  /** Longest chain of parents that is handed out. */
  public static final int MAX_ANCESTRY = 16;

  /** A path can have 4096 bytes: a table full of such names would take more than the heap. */
  private static final int TEXT_PER_PROCESS = 160;

  private final int maxProcesses;
  private final int maxEnded;
  private final Map<ProcessId, Entry> entries = new HashMap<>();
  private final Set<ProcessId> living = new LinkedHashSet<>();
  private final Set<ProcessId> ended = new LinkedHashSet<>();
  private long text;
  private long evicted;

  /**
   * @param maxProcesses most entries
   * @param maxEnded most of them that may have ended
   */
  public ProcessTable(int maxProcesses, int maxEnded) {
    this.maxProcesses = maxProcesses;
    this.maxEnded = maxEnded;
  }

  /** A table of at most 32768 processes, 4096 of them ended. */
  public static ProcessTable ofDefaultSize() {
    return new ProcessTable(32_768, 4096);
  }

  private record Entry(ProcessSummary summary, @Nullable ProcessId parent, long image) {
    int textLength() {
      return length(summary.executable()) + length(summary.commandLine());
    }

    private static int length(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }

  /** A process was created: until it executes something it is what its parent is. */
  public void forked(ProcessId parent, ProcessId child) {
    Entry known = entries.get(parent);
    ProcessSummary summary =
        known == null
            ? new ProcessSummary(child, null, null, null, null)
            : of(child, known.summary, known.summary.sha256());
    put(new Entry(summary, parent, 0));
  }

  /**
   * A process executed something, or was found running.
   *
   * @param parent null keeps what is known
   * @return number of this image, for {@link #hashed}
   */
  public long executed(ProcessSummary summary, @Nullable ProcessId parent) {
    Entry before = entries.get(summary.process());
    ProcessId knownParent = parent == null && before != null ? before.parent : parent;
    long image = before == null ? 1 : before.image + 1;
    put(new Entry(summary, knownParent, image));
    return image;
  }

  /** The hash of what the process executed is known now; ignored if it runs something else. */
  public void hashed(ProcessId process, long image, Sha256 sha256) {
    entries.computeIfPresent(
        process,
        (_, entry) ->
            entry.image == image
                ? new Entry(of(process, entry.summary, sha256), entry.parent, image)
                : entry);
  }

  /** A process ended. */
  public void ended(ProcessId process) {
    if (living.remove(process)) {
      ended.add(process);
      evict();
    }
  }

  /** After a loss: whoever is not among {@code running} has ended. */
  public void retain(Set<Integer> running) {
    List<ProcessId> gone = living.stream().filter(p -> !running.contains(p.pid())).toList();
    gone.forEach(this::ended);
  }

  /** What is known of a process. */
  public Optional<ProcessSummary> find(ProcessId process) {
    return Optional.ofNullable(entries.get(process)).map(Entry::summary);
  }

  /** Pids of the living processes in the table. Slow: looks at all of them. */
  public Set<Integer> livingPids() {
    Set<Integer> pids = HashSet.newHashSet(living.size());
    living.forEach(process -> pids.add(process.pid()));
    return pids;
  }

  /** From the parent upward, at most {@link #MAX_ANCESTRY}, each process once. */
  public List<ProcessSummary> ancestry(ProcessId process) {
    List<ProcessSummary> chain = new ArrayList<>();
    Set<ProcessId> seen = new HashSet<>();
    seen.add(process);
    Entry entry = entries.get(process);
    while (entry != null && entry.parent != null && chain.size() < MAX_ANCESTRY) {
      ProcessId parent = entry.parent;
      if (!seen.add(parent)) {
        break;
      }
      entry = entries.get(parent);
      chain.add(entry != null ? entry.summary : new ProcessSummary(parent, null, null, null, null));
    }
    return chain;
  }

  /** Entries now. */
  public int size() {
    return entries.size();
  }

  /** Entries that were given up while they were still wanted. */
  public long evicted() {
    return evicted;
  }

  private void put(Entry entry) {
    ProcessId process = entry.summary.process();
    Entry before = entries.put(process, entry);
    text += entry.textLength() - (before == null ? 0 : before.textLength());
    if (!ended.contains(process)) {
      living.add(process);
    }
    evict();
  }

  private void evict() {
    while (ended.size() > maxEnded || (isOverfull() && !ended.isEmpty())) {
      remove(ended);
    }
    while (isOverfull() && living.size() > 1) {
      remove(living);
      evicted++;
    }
  }

  private boolean isOverfull() {
    return entries.size() > maxProcesses || text > (long) TEXT_PER_PROCESS * maxProcesses;
  }

  private void remove(Set<ProcessId> from) {
    Iterator<ProcessId> first = from.iterator();
    Entry gone = entries.remove(first.next());
    text -= gone == null ? 0 : gone.textLength();
    first.remove();
  }

  private static ProcessSummary of(
      ProcessId process, ProcessSummary like, @Nullable Sha256 sha256) {
    return new ProcessSummary(process, like.executable(), sha256, like.commandLine(), like.user());
  }
}
