package io.exonward.agent.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the kernel knows of a file without asking a server for news. // man 2 statx
 *
 * @param deviceMajor device of the file as stat(2) tells it, which on btrfs and some overlays is
 *     not that of the superblock
 * @param inode unsigned
 * @param ctimeNanos since 1970
 * @param mode type and permission bits
 * @param mountId as in mountinfo; 0 on kernels before 5.8
 */
public record FileStatus(
    int deviceMajor,
    int deviceMinor,
    long inode,
    long sizeBytes,
    long ctimeNanos,
    int linkCount,
    int mode,
    int ownerUid,
    int ownerGid,
    int mountId) {
  // linux include/uapi/linux/fcntl.h
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int AT_STATX_DONT_SYNC = 0x4000;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int STATX_MNT_ID = 0x1000;
  private static final int STRUCT_BYTES = 256;
  private static final int TYPE_MASK = 0170000; // man 7 inode
  private static final int REGULAR = 0100000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Of the file at {@code path}; follows links. */
  public static FileStatus ofPath(String path) {
    return read(Libc.AT_FDCWD, path, AT_STATX_DONT_SYNC);
  }

  static FileStatus of(Descriptor file) {
    return read(file.number(), "", AT_STATX_DONT_SYNC | AT_EMPTY_PATH);
  }

  private static FileStatus read(int directory, String path, int flags) {
    byte[] buffer = new byte[STRUCT_BYTES];
    int result =
        Libc.statx(directory, Libc.path(path), flags, STATX_BASIC_STATS | STATX_MNT_ID, buffer);
    Libc.check(result, "statx", path.isEmpty() ? directory : path);
    return parse(ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder()));
  }

  // linux include/uapi/linux/stat.h, struct statx: the same on every architecture
  private static FileStatus parse(ByteBuffer statx) {
    return new FileStatus(
        statx.getInt(136),
        statx.getInt(140),
        statx.getLong(32),
        statx.getLong(40),
        statx.getLong(96) * NANOS_PER_SECOND + statx.getInt(104),
        statx.getInt(16),
        Short.toUnsignedInt(statx.getShort(28)),
        statx.getInt(20),
        statx.getInt(24),
        (int) statx.getLong(144));
  }

  /** Whether it is a regular file. */
  public boolean isRegular() {
    return (mode & TYPE_MASK) == REGULAR;
  }
}
