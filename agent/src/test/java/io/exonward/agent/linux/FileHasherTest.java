package io.exonward.agent.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import io.exonward.common.hash.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernel")
final class FileHasherTest {
  private final FileHasher hasher = new FileHasher();

  @TempDir Path folder;

  @AfterEach
  void close() {
    hasher.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 131_071, 131_072, 131_073, 3_000_000})
  void hash_anyLength_isWhatTheJavaPlatformSays(int length)
      throws IOException, NoSuchAlgorithmException {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    Path path = Files.write(folder.resolve("content"), content);

    try (Descriptor file = Descriptor.openForReading(path.toString())) {
      FileHasher.Digests digests = hasher.hash(file, length, true);
      FileHasher.Digests again = hasher.hash(file, length, false);

      assertEquals(Sha256.digest(content), digests.sha256());
      byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
      assertEquals(HexFormat.of().formatHex(md5), digests.md5());
      assertEquals(digests.sha256(), again.sha256());
      assertNull(again.md5());
    }
  }

  @ParameterizedTest
  @EnumSource(DigestAlgorithm.class)
  void of_nativeAndPlatform_agree(DigestAlgorithm algorithm) {
    assumeTrue(
        DigestState.OfLibcrypto.tryNew(algorithm).isPresent(),
        "no libcrypto here, or it refuses " + algorithm);
    try (Memory buffer = new Memory(1000);
        DigestState ours = DigestState.OfLibcrypto.tryNew(algorithm).orElseThrow();
        DigestState theirs = new DigestState.OfPlatform(algorithm)) {
      buffer.setMemory(0, 1000, (byte) 42);

      assertArrayEquals(digest(theirs, buffer), digest(ours, buffer));
      assertArrayEquals(digest(theirs, buffer), digest(ours, buffer));
    }
  }

  private static byte[] digest(DigestState state, Memory buffer) {
    state.begin();
    state.update(buffer, 700);
    state.update(buffer, 1000);
    return state.end();
  }
}
