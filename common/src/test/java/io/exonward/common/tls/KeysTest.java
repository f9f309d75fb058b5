package io.exonward.common.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path directory;

  @Test
  void write_key_isReadBackAndOnlyTheOwners() throws IOException {
    KeyPair keys = Keys.generate(RANDOM);
    Path file = directory.resolve("key.pem");

    Keys.write(file, keys.getPrivate());

    assertEquals(keys.getPrivate(), Keys.read(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(256, ((ECPublicKey) keys.getPublic()).getParams().getOrder().bitLength());
  }

  @Test
  void write_fileExists_isReplacedAndNothingIsLeftBehind() throws IOException {
    Path file = directory.resolve("key.pem");
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    KeyPair keys = Keys.generate(RANDOM);

    Keys.write(file, keys.getPrivate());

    assertEquals(keys.getPrivate(), Keys.read(file));
    try (var files = Files.list(directory)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void read_openToOthers_isRefused() throws IOException {
    Path file = directory.resolve("key.pem");
    Keys.write(file, Keys.generate(RANDOM).getPrivate());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    IOException refused = assertThrows(IOException.class, () -> Keys.read(file));

    assertTrue(String.valueOf(refused.getMessage()).contains("mode must be 0600"));
  }

  @Test
  void read_symbolicLink_isRefused() throws IOException {
    Path file = directory.resolve("key.pem");
    Keys.write(file, Keys.generate(RANDOM).getPrivate());
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    assertThrows(IOException.class, () -> Keys.read(link));
  }

  @Test
  void decode_otherPem_isRefused() {
    String certificateLabel = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    String noKey = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";

    assertThrows(CredentialException.class, () -> Keys.decode(certificateLabel));
    assertThrows(CredentialException.class, () -> Keys.decode(noKey));
    assertThrows(CredentialException.class, () -> Keys.decode(""));
  }

  @Property(tries = 300)
  void decode_randomText_throwsCredentialExceptionOnly(@ForAll String text) {
    String pem = "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";

    assertThrows(CredentialException.class, () -> Keys.decode(pem));
    assertThrows(CredentialException.class, () -> Keys.decode(text));
  }
}
