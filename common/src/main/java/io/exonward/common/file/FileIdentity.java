package io.exonward.common.file;

/**
 * What a file is at one moment, by what a user of the host cannot forge.
 *
 * @param deviceMajor major number of the superblock's device, 0..4095
 * @param deviceMinor minor number, 0..1048575
 * @param inode inode number, unsigned
 * @param generation inode generation, 0 where not known
 * @param sizeBytes length
 * @param ctimeNanos change time, nanoseconds since 1970
 * @param linkCount names that the file has
 * @param filesystemMagic superblock magic, 0 where not known // man 2 statfs
 * @param fileMode type and permission bits, 0 where not known // man 7 inode
 * @param ownerUid numeric owner
 */
public record FileIdentity(
    int deviceMajor,
    int deviceMinor,
    long inode,
    int generation,
    long sizeBytes,
    long ctimeNanos,
    int linkCount,
    int filesystemMagic,
    int fileMode,
    int ownerUid) {
  private static final int WRITABLE_BY_OTHERS = 0002; // man 7 inode, S_IWOTH

  /** Whether any user may write to the file. */
  public boolean isWorldWritable() {
    return (fileMode & WRITABLE_BY_OTHERS) != 0;
  }
}
