package io.exonward.agent.process;

import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the order in which they were added, linked through themselves: an entry stands in one
 * list at most, and comes and goes without an allocation.
 */
final class EntryList {
  private @Nullable Entry first;
  private @Nullable Entry last;
  private int size;

  void add(Entry entry) {
    Entry newest = last;
    entry.list = this;
    entry.before = newest;
    entry.after = null;
    if (newest == null) {
      first = entry;
    } else {
      newest.after = entry;
    }
    last = entry;
    size++;
  }

  void remove(Entry entry) {
    Entry before = entry.before;
    Entry after = entry.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    entry.list = null;
    entry.before = null;
    entry.after = null;
    size--;
  }

  Entry removeFirst() {
    Entry entry = first;
    if (entry == null) {
      throw new NoSuchElementException("the list is empty");
    }
    remove(entry);
    return entry;
  }

  int size() {
    return size;
  }

  /** {@code action} must not change the list. */
  void forEach(Consumer<Entry> action) {
    for (Entry entry = first; entry != null; entry = entry.after) {
      action.accept(entry);
    }
  }
}
