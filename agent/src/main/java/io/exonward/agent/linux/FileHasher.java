package io.exonward.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import io.exonward.common.hash.Sha256;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Hashes open files through one native buffer that is read into again and again: the bytes never
 * become Java's. A mapping would be no faster, and would kill us if the file shrank. For one
 * thread.
 */
public final class FileHasher implements AutoCloseable {
  /** Fits the second-level cache together with what the digest needs. */
  private static final int BUFFER_BYTES = 128 * 1024;

  private final Memory buffer = new Memory(BUFFER_BYTES);
  private final DigestState sha256 = DigestState.of(DigestAlgorithm.SHA_256);
  private final DigestState md5 = DigestState.of(DigestAlgorithm.MD5);

  /**
   * What a file's content is.
   *
   * @param md5 32 lower-case hexadecimal digits; null if it was not asked for
   */
  public record Digests(Sha256 sha256, @Nullable String md5) {}

  /**
   * Reads the file from its beginning, at most one buffer beyond {@code sizeBytes}: growth then
   * shows in the file's status.
   *
   * @param isMd5Wanted costs as much again
   * @throws NativeException if the kernel refuses
   */
  public Digests hash(Descriptor file, long sizeBytes, boolean isMd5Wanted) {
    sha256.begin();
    if (isMd5Wanted) {
      md5.begin();
    }
    long offset = 0;
    int count;
    while (offset <= sizeBytes && (count = read(file, offset)) > 0) {
      sha256.update(buffer, count);
      if (isMd5Wanted) {
        md5.update(buffer, count);
      }
      offset += count;
    }
    String hex = isMd5Wanted ? HexFormat.of().formatHex(md5.end()) : null;
    return new Digests(Sha256.of(sha256.end()), hex);
  }

  private int read(Descriptor file, long offset) {
    while (true) {
      long bytes = Libc.pread(file.number(), buffer, BUFFER_BYTES, offset);
      if (bytes >= 0) {
        return (int) bytes;
      }
      int errno = Native.getLastError();
      if (errno != Errno.EINTR) {
        throw new NativeException("pread(" + file.path() + ")", errno);
      }
    }
  }

  @Override
  public void close() {
    sha256.close();
    md5.close();
    buffer.close();
  }
}
