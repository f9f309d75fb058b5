package io.exonward.agent.sensor;

import java.util.Arrays;
import java.util.Map;

/**
 * Filesystems whose files can be read without the help of another machine or of a process, and so
 * cannot hang a reader. An overlay is taken for local although its layers may not be: its readers
 * are bounded in time.
 */
public final class LocalFilesystems {
  // linux include/uapi/linux/magic.h and the filesystems' own headers
  private static final int TMPFS = 0x01021994;
  private static final int RAMFS = 0x858458f6;
  private static final int OVERLAY = 0x794c7630;
  private static final int BTRFS = 0x9123683e;

  private static final Map<String, Integer> MAGICS =
      Map.ofEntries(
          Map.entry("ext2", 0xef53),
          Map.entry("ext3", 0xef53),
          Map.entry("ext4", 0xef53),
          Map.entry("xfs", 0x58465342),
          Map.entry("btrfs", BTRFS),
          Map.entry("overlay", OVERLAY),
          Map.entry("tmpfs", TMPFS),
          Map.entry("devtmpfs", TMPFS),
          Map.entry("ramfs", RAMFS),
          Map.entry("rootfs", RAMFS),
          Map.entry("squashfs", 0x73717368),
          Map.entry("erofs", 0xe0f5e1e2),
          Map.entry("f2fs", 0xf2f52010),
          Map.entry("bcachefs", 0xca451a4e),
          Map.entry("zfs", 0x2fc12fc1),
          Map.entry("jfs", 0x3153464a),
          Map.entry("vfat", 0x4d44),
          Map.entry("exfat", 0x2011bab0),
          Map.entry("iso9660", 0x9660),
          Map.entry("udf", 0x15013346));

  private static final int[] KNOWN =
      MAGICS.values().stream().mapToInt(Integer::intValue).sorted().toArray();

  private LocalFilesystems() {}

  /** Whether files of the filesystem with this superblock magic may be opened. */
  public static boolean isLocal(int magic) {
    return Arrays.binarySearch(KNOWN, magic) >= 0;
  }

  /** Superblock magic by the name that mountinfo uses; 0 for what is not local. */
  public static int magic(String type) {
    return MAGICS.getOrDefault(type, 0);
  }

  /** Whether stat(2) tells another device than the superblock's, which the kernel's events name. */
  public static boolean hidesItsDevice(int magic) {
    return magic == BTRFS || magic == OVERLAY;
  }

  /** Whether a write through a shared mapping leaves the change time as it was. */
  public static boolean missesMappedWrites(int magic) {
    return magic == TMPFS || magic == RAMFS;
  }
}
