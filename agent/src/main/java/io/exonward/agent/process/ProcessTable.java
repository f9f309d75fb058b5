package io.exonward.agent.process;

import io.exonward.common.hash.Sha256;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.process.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The processes of this host, and those that ended: with children in the table as long as these
 * stay, because they name them as parents; others for a moment, because late news may name them.
 * When the table is full, of processes or of text, the one that ended first goes, then the parent
 * that ended first, then the living one that was seen first. What goes is counted.
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
  private final EntryList living = new EntryList();
  private final EntryList endedParents = new EntryList();
  private final EntryList ended = new EntryList();
  private long text;
  private long evicted;

  /**
   * @param maxProcesses most entries
   * @param maxEnded most of them that may have ended and are nobody's parents
   */
  public ProcessTable(int maxProcesses, int maxEnded) {
    this.maxProcesses = maxProcesses;
    this.maxEnded = maxEnded;
  }

  /**
   * A table of at most 32768 processes, 2048 of them ended and childless: what ends on a busy host
   * while an action waits for its process to be known.
   */
  public static ProcessTable ofDefaultSize() {
    return new ProcessTable(32_768, 2048);
  }

  /** A process was created: until it executes something it is what its parent is. */
  public void forked(ProcessId parent, ProcessId child) {
    Entry known = entries.get(parent);
    Entry entry = open(child);
    adopt(entry, parent);
    entry.imageNumber = 0;
    if (known == null) {
      entry.describe(Image.UNKNOWN, List.of(), null);
    } else {
      entry.describe(known.image, known.commandLine, known.user);
    }
    close(entry);
  }

  /**
   * A process executed something, or was found running.
   *
   * @param parent null keeps what is known
   * @param commandLine unmodifiable, of the length that summaries may have
   * @return number of this image, for {@link #hashed}
   */
  public long executed(
      ProcessId process,
      @Nullable ProcessId parent,
      Image image,
      List<String> commandLine,
      @Nullable User user) {
    Entry entry = open(process);
    if (parent != null) {
      adopt(entry, parent);
    }
    entry.imageNumber++;
    entry.describe(image, commandLine, user);
    close(entry);
    return entry.imageNumber;
  }

  /** The hash of what the process executed is known now; ignored if it runs something else. */
  public void hashed(ProcessId process, long image, Sha256 sha256) {
    Entry entry = entries.get(process);
    if (entry != null && entry.imageNumber == image) {
      entry.image = new Image(entry.image.executable(), sha256);
    }
  }

  /** A process ended. */
  public void ended(ProcessId process) {
    Entry entry = entries.get(process);
    if (entry != null && !entry.isEnded) {
      entry.isEnded = true;
      living.remove(entry);
      (entry.children > 0 ? endedParents : ended).add(entry);
      evict();
    }
  }

  /** From now on a process has this parent. */
  private void adopt(Entry entry, ProcessId parent) {
    if (parent.equals(entry.parent)) {
      return;
    }
    leave(entry);
    entry.parent = parent;
    Entry above = entries.get(parent);
    if (above != null) {
      entry.countedBy = above;
      above.children++;
      if (above.list == ended) {
        ended.remove(above);
        endedParents.add(above);
      }
    }
  }

  /** Its parent loses a child, unless it came into the table after it. */
  private void leave(Entry entry) {
    Entry above = entry.countedBy;
    if (above == null) {
      return;
    }
    entry.countedBy = null;
    above.children--;
    if (above.children == 0 && above.list == endedParents) {
      endedParents.remove(above);
      ended.add(above);
    }
  }

  /** After a loss: whoever is not among {@code running} has ended. */
  public void retain(Set<ProcessId> running) {
    List<ProcessId> gone = new ArrayList<>();
    living.forEach(entry -> {
      if (!running.contains(entry.process)) {
        gone.add(entry.process);
      }
    });
    gone.forEach(this::ended);
  }

  /** What is known of a process. */
  public Optional<ProcessSummary> find(ProcessId process) {
    return Optional.ofNullable(entries.get(process)).map(Entry::summary);
  }

  /** What a process executes; null if nothing is known of it. */
  public @Nullable Image image(ProcessId process) {
    Entry entry = entries.get(process);
    return entry == null ? null : entry.image;
  }

  /** Pids of the living processes in the table. Slow: looks at all of them. */
  public Set<Integer> livingPids() {
    Set<Integer> pids = new HashSet<>();
    living.forEach(entry -> pids.add(entry.process.pid()));
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
      chain.add(
          entry != null ? entry.summary() : new ProcessSummary(parent, null, null, null, null));
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

  /** The entry of a process, which is about to be described anew. */
  private Entry open(ProcessId process) {
    Entry known = entries.get(process);
    if (known != null) {
      text -= known.textLength();
      return known;
    }
    Entry entry = new Entry(process);
    entries.put(process, entry);
    living.add(entry);
    return entry;
  }

  private void close(Entry entry) {
    text += entry.textLength();
    evict();
  }

  private void evict() {
    while (ended.size() > maxEnded || (isOverfull() && ended.size() > 0)) {
      remove(ended);
    }
    while (isOverfull() && endedParents.size() > 0) {
      remove(endedParents);
    }
    while (isOverfull() && living.size() > 1) {
      remove(living);
      evicted++;
    }
  }

  private boolean isOverfull() {
    return entries.size() > maxProcesses || text > (long) TEXT_PER_PROCESS * maxProcesses;
  }

  private void remove(EntryList from) {
    Entry gone = from.removeFirst();
    entries.remove(gone.process);
    text -= gone.textLength();
    leave(gone);
  }
}
