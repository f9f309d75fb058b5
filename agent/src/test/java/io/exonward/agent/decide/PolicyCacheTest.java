package io.exonward.agent.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Baseline;
import io.exonward.common.policy.Mode;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.policy.Policy;
import io.exonward.common.tls.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCacheTest {
  private static final Baseline EMPTY =
      new Baseline() {
        @Override
        public Membership contains(Sha256 sha256) {
          return Membership.NO;
        }

        @Override
        public Membership contains(PackageRef owner) {
          return Membership.NO;
        }
      };

  @TempDir Path directory;

  private static Policy decode(byte[] encoded) {
    long version = Long.parseLong(new String(encoded, StandardCharsets.US_ASCII));
    return new Policy("web", version, Mode.MONITOR, List.of(), EMPTY);
  }

  private static byte[] policy(String version) {
    return version.getBytes(StandardCharsets.US_ASCII);
  }

  private PolicyCache open() {
    return new PolicyCache(directory.resolve("policy"), PolicyCacheTest::decode);
  }

  @Test
  void offer_newer_isInForceAndSurvivesRestart() {
    assertTrue(open().offer(policy("3")));

    assertEquals(3, open().version());
  }

  @Test
  void offer_olderOrSame_isRefused() {
    PolicyCache cache = open();
    cache.offer(policy("3"));

    assertFalse(cache.offer(policy("3")));
    assertFalse(cache.offer(policy("2")));
    assertEquals(3, open().version());
  }

  @Test
  void offer_notUsable_keepsTheLastGoodOne() {
    PolicyCache cache = open();
    cache.offer(policy("3"));

    assertFalse(cache.offer(policy("x")));
    assertEquals(3, cache.version());
  }

  @Test
  void drop_olderVersionOfAnotherGroup_isTakenThen() {
    PolicyCache cache = open();
    cache.offer(policy("3"));

    cache.drop();

    assertEquals(0, open().version());
    assertTrue(cache.offer(policy("2")));
  }

  @Test
  void open_damagedFile_startsWithout() throws Exception {
    SecretFile.write(directory.resolve("policy"), policy("x"));

    assertTrue(open().current().isEmpty());
  }
}
