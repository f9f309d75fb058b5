package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.exonward.agent.linux.FileStatus;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.Sha256;
import org.junit.jupiter.api.Test;

final class HashCacheTest {
  private static final FileDigest DIGEST = new FileDigest(new Sha256(1, 2, 3, 4), "00");

  private final HashCache cache = new HashCache(2);

  @Test
  void find_sameVersion_isFoundByEventAndByDescriptor() {
    cache.put(status(1, 10, 100), DIGEST);

    assertEquals(DIGEST, cache.find(status(1, 10, 100)));
    assertEquals(DIGEST, cache.find(identity(1, 10, 100)));
  }

  @Test
  void find_inodeReused_isNotFound() {
    cache.put(status(1, 10, 100), DIGEST);

    assertNull(cache.find(status(1, 10, 101)));
    assertNull(cache.find(status(1, 11, 100)));
    assertNull(cache.find(status(2, 10, 100)));
  }

  @Test
  void invalidate_written_isNotFound() {
    cache.put(status(1, 10, 100), DIGEST);

    cache.invalidate(status(1, 10, 100));

    assertNull(cache.find(status(1, 10, 100)));
  }

  @Test
  void put_full_dropsTheOneNotUsedForLongest() {
    cache.put(status(1, 10, 100), DIGEST);
    cache.put(status(2, 10, 100), DIGEST);
    cache.find(status(1, 10, 100));

    cache.put(status(3, 10, 100), DIGEST);

    assertEquals(DIGEST, cache.find(status(1, 10, 100)));
    assertNull(cache.find(status(2, 10, 100)));
    assertEquals(2, cache.size());
  }

  @Test
  void put_sameNumberOnOtherDevices_keepsTheNewestFew() {
    for (int device = 1; device <= 5; device++) {
      cache.put(on(device, 100), DIGEST);
    }

    assertNull(cache.find(on(1, 100)));
    assertEquals(DIGEST, cache.find(on(2, 100)));
    assertEquals(DIGEST, cache.find(on(5, 100)));
  }

  @Test
  void put_newVersion_replacesTheOld() {
    cache.put(on(1, 100), DIGEST);
    cache.put(on(2, 100), DIGEST);

    cache.put(on(1, 200), DIGEST);

    assertNull(cache.find(on(1, 100)));
    assertEquals(DIGEST, cache.find(on(1, 200)));
    assertEquals(DIGEST, cache.find(on(2, 100)));
  }

  @Test
  void invalidate_writtenBelowAnOverlay_forgetsTheOverlaysFileToo() {
    cache.put(on(1, 100), DIGEST);

    cache.invalidate(on(2, 300));

    assertNull(cache.find(on(1, 100)));
  }

  private static FileStatus on(int deviceMinor, long ctime) {
    return new FileStatus(0, deviceMinor, 1, 10, ctime, 1, 0100755, 0, 0, 0);
  }

  private static FileStatus status(long inode, long size, long ctime) {
    return new FileStatus(8, 1, inode, size, ctime, 1, 0100755, 0, 0, 0);
  }

  private static FileIdentity identity(long inode, long size, long ctime) {
    return new FileIdentity(8, 1, inode, 99, size, ctime, 1, 0xef53, 0100755, 0);
  }
}
