package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.agent.linux.FileStatus;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.Sha256;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HashCacheTest {
  private static final FileDigest DIGEST = new FileDigest(new Sha256(1, 2, 3, 4), "00");

  private final HashCache cache = new HashCache(2);

  @Test
  void find_sameVersion_isFoundByEventAndByDescriptor() {
    cache.put(status(1, 10, 100), DIGEST);

    assertEquals(Optional.of(DIGEST), cache.find(status(1, 10, 100)));
    assertEquals(Optional.of(DIGEST), cache.find(identity(1, 10, 100)));
  }

  @Test
  void find_inodeReused_isNotFound() {
    cache.put(status(1, 10, 100), DIGEST);

    assertEquals(Optional.empty(), cache.find(status(1, 10, 101)));
    assertEquals(Optional.empty(), cache.find(status(1, 11, 100)));
    assertEquals(Optional.empty(), cache.find(status(2, 10, 100)));
  }

  @Test
  void invalidate_written_isNotFound() {
    cache.put(status(1, 10, 100), DIGEST);

    cache.invalidate(status(1, 10, 100));

    assertEquals(Optional.empty(), cache.find(status(1, 10, 100)));
  }

  @Test
  void put_full_dropsTheOneNotUsedForLongest() {
    cache.put(status(1, 10, 100), DIGEST);
    cache.put(status(2, 10, 100), DIGEST);
    cache.find(status(1, 10, 100));

    cache.put(status(3, 10, 100), DIGEST);

    assertEquals(Optional.of(DIGEST), cache.find(status(1, 10, 100)));
    assertEquals(Optional.empty(), cache.find(status(2, 10, 100)));
    assertEquals(2, cache.size());
  }

  private static FileStatus status(long inode, long size, long ctime) {
    return new FileStatus(8, 1, inode, size, ctime, 1, 0100755, 0, 0, 0);
  }

  private static FileIdentity identity(long inode, long size, long ctime) {
    return new FileIdentity(8, 1, inode, 99, size, ctime, 1, 0xef53, 0100755, 0);
  }
}
