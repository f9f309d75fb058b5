package io.exonward.agent.sensor.ebpf;

import io.exonward.common.file.FileIdentity;
import java.nio.ByteBuffer;

/** Reads struct file_identity of file.h; a test compares the offsets with it. */
public final class FileRecord {
  static final int INODE = 0;
  static final int SIZE_BYTES = 8;
  static final int CTIME_SECONDS = 16;
  static final int CTIME_NANOS = 24;
  static final int DEVICE = 28;
  static final int GENERATION = 32;
  static final int LINK_COUNT = 36;
  static final int FILESYSTEM_MAGIC = 40;
  static final int MODE = 44;
  static final int OWNER_UID = 48;
  static final int FILE_IDENTITY_BYTES = 56;

  private static final int DEVICE_MINOR_BITS = 20; // linux include/linux/kdev_t.h
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private FileRecord() {}

  /** The identity at {@code offset} of {@code memory}, which is of native byte order. */
  public static FileIdentity read(ByteBuffer memory, int offset) {
    int device = memory.getInt(offset + DEVICE);
    return new FileIdentity(
        device >>> DEVICE_MINOR_BITS,
        device & ((1 << DEVICE_MINOR_BITS) - 1),
        memory.getLong(offset + INODE),
        memory.getInt(offset + GENERATION),
        memory.getLong(offset + SIZE_BYTES),
        memory.getLong(offset + CTIME_SECONDS) * NANOS_PER_SECOND
            + memory.getInt(offset + CTIME_NANOS),
        memory.getInt(offset + LINK_COUNT),
        memory.getInt(offset + FILESYSTEM_MAGIC),
        memory.getInt(offset + MODE),
        memory.getInt(offset + OWNER_UID));
  }
}
