package io.exonward.agent.sensor.ebpf;

import io.exonward.agent.sensor.KernelEvent.Circumstances;
import io.exonward.agent.sensor.ebpf.RecordText.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Circumstances of executions, by the bytes of their records, so that they are read once and not
 * with each execution; the same for a command line that comes again at once. A bounded number; the
 * newer takes the place of an older with the same hash. For one thread.
 */
final class KnownCircumstances {
  private static final int SLOTS = 512; // a power of two

  /** Longer texts are read each time, so that nobody can fill the heap with them. */
  private static final int MAX_TEXT_BYTES = 1024;

  private final @Nullable Known[] slots = new @Nullable Known[SLOTS];

  /** What was read of a record, and the bytes that it was read of. */
  static final class Known {
    private final Circumstances circumstances;
    private final int flags;
    private final byte[] fixed;
    private final byte[] fileName;
    private final byte[] path;
    private byte[] argumentBytes = {};
    private int argumentLength;
    private List<String> arguments = List.of();

    private Known(Circumstances circumstances, int flags, RecordText record) {
      this.circumstances = circumstances;
      this.flags = flags;
      fixed = record.copy(Part.FIXED);
      fileName = record.copy(Part.FILE_NAME);
      path = record.copy(Part.PATH);
    }

    private boolean isOf(RecordText record, int otherFlags) {
      return flags == otherFlags
          && record.is(Part.FIXED, fixed)
          && record.is(Part.FILE_NAME, fileName)
          && record.is(Part.PATH, path);
    }

    Circumstances circumstances() {
      return circumstances;
    }

    /** The command line of the record. */
    List<String> arguments(RecordText record) {
      if (record.is(Part.ARGUMENTS, argumentBytes, argumentLength)) {
        return arguments;
      }
      List<String> read = record.arguments();
      if (record.argumentBytes() <= MAX_TEXT_BYTES) {
        argumentBytes = record.copyInto(argumentBytes, Part.ARGUMENTS);
        argumentLength = record.argumentBytes();
        arguments = read;
      }
      return read;
    }
  }

  /**
   * What is known of the record.
   *
   * @param slot from {@link #slot}
   * @return null if nothing is
   */
  @Nullable Known find(int slot, int flags, RecordText record) {
    Known known = slots[slot];
    return known != null && known.isOf(record, flags) ? known : null;
  }

  /** Remembers the circumstances of a record, unless their texts are long. */
  void remember(int slot, int flags, RecordText record, Circumstances circumstances) {
    if (record.length() - record.argumentBytes() <= MAX_TEXT_BYTES) {
      slots[slot] = new Known(circumstances, flags, record);
    }
  }

  /** Where circumstances have their place: executions mostly differ in the file. */
  static int slot(long inode, int pathBytes, int mountNamespace) {
    int hash = (Long.hashCode(inode) * 31 + pathBytes) * 31 + mountNamespace;
    return (hash ^ hash >>> 15) & (SLOTS - 1);
  }
}
