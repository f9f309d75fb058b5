package io.exonward.agent.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.exonward.agent.TestClock;
import io.exonward.common.policy.PackageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DpkgDatabaseTest {
  private static final String MD5 = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "ffffffffffffffffffffffffffffffff";
  private static final PackageRef COREUTILS = new PackageRef("dpkg", "coreutils", "9.1-1", "amd64");

  @TempDir Path root;

  private final TestClock clock = new TestClock();
  private DpkgDatabase database;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(root.resolve("info"));
    Files.writeString(
        root.resolve("status"),
        """
        Package: coreutils
        Status: install ok installed
        Architecture: amd64
        Version: 9.1-1
        Description: utilities
         Version: 6.6.6

        Package: gone
        Status: deinstall ok config-files
        Architecture: amd64
        Version: 1

        Package: libc6
        Status: install ok installed
        Architecture: amd64
        Multi-Arch: same
        Version: 2.36
        """);
    Files.writeString(
        root.resolve("info/coreutils.md5sums"), MD5 + "  bin/cat\n" + MD5 + "  usr/bin/täc\n");
    Files.writeString(
        root.resolve("info/libc6:amd64.md5sums"), MD5 + "  lib/x86_64-linux-gnu/libc.so.6\n");
    Files.writeString(root.resolve("info/gone.md5sums"), MD5 + "  usr/bin/gone\n");
    Files.writeString(root.resolve("diversions"), "/bin/cat\n/bin/cat.real\nwrapper\n");
    database = new DpkgDatabase(root, clock);
  }

  @Test
  void findOwner_recordedDigest_isOwner() {
    assertEquals(Optional.of(COREUTILS), database.findOwner("/bin/cat", MD5));
    assertEquals(Optional.of(COREUTILS), database.findOwner("/usr/bin/täc", MD5));
  }

  @Test
  void findOwner_mergedDirectories_areTheSame() {
    assertEquals(Optional.of(COREUTILS), database.findOwner("/usr/bin/cat", MD5));
    assertTrue(database.findOwner("/usr/lib/x86_64-linux-gnu/libc.so.6", MD5).isPresent());
  }

  @Test
  void findOwner_otherContent_isNobody() {
    assertEquals(Optional.empty(), database.findOwner("/bin/cat", OTHER));
  }

  @Test
  void findOwner_removedPackage_isNobody() {
    assertEquals(Optional.empty(), database.findOwner("/usr/bin/gone", MD5));
  }

  @Test
  void findOwner_divertedFile_isOwner() {
    assertEquals(Optional.of(COREUTILS), database.findOwner("/bin/cat.real", MD5));
  }

  @Test
  void findOwner_duringUpgrade_seesJournalAndNewDigests() throws IOException {
    assertEquals(Optional.empty(), database.findOwner("/bin/cat", OTHER));
    Files.writeString(root.resolve("info/coreutils.md5sums"), OTHER + "  bin/cat\n");
    Files.createDirectories(root.resolve("updates"));
    Files.writeString(
        root.resolve("updates/0001"),
        """
        Package: coreutils
        Status: install ok unpacked
        Architecture: amd64
        Version: 9.1-2
        """);
    Files.setLastModifiedTime(root.resolve("info"), FileTime.fromMillis(1));
    clock.advance(Duration.ofSeconds(3));

    assertEquals("9.1-2", database.findOwner("/bin/cat", OTHER).orElseThrow().version());
  }

  @Test
  void mayOwn_pathOfAPackage_onlyThat() {
    database.packages();

    assertTrue(database.mayOwn("/usr/bin/cat"));
    assertTrue(database.mayOwn("/bin/cat.real"));
    assertFalse(database.mayOwn("/home/x/cat"));
    assertFalse(database.mayOwn("relative"));
  }

  @Test
  void mayOwn_databaseChanged_anyUntilItIsReadAgain() throws IOException {
    database.packages();
    Files.setLastModifiedTime(root.resolve("info"), FileTime.fromMillis(1));
    clock.advance(Duration.ofSeconds(3));

    assertTrue(database.mayOwn("/home/x/cat"));
    database.packages();
    assertFalse(database.mayOwn("/home/x/cat"));
  }

  @Test
  void packages_noDatabase_isEmpty() {
    assertFalse(new DpkgDatabase(root.resolve("nothing"), clock).mayOwn("/usr/bin/cat"));
    assertTrue(new DpkgDatabase(root.resolve("nothing"), clock).packages().isEmpty());
  }

  @Test
  void packages_installedOnly() {
    assertEquals(2, database.packages().size());
  }

  @Test
  void findOwner_realMachine_knowsItsOwnTools() throws Exception {
    Path file = Path.of("/usr/bin/env");
    assumeTrue(Files.exists(Path.of("/var/lib/dpkg/status")), "no dpkg on this machine");
    DpkgDatabase real = new DpkgDatabase(Path.of("/var/lib/dpkg"), InstantSource.system());
    String md5 =
        HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));

    assertEquals("coreutils", real.findOwner("/usr/bin/env", md5).orElseThrow().name());
    assertEquals(Optional.empty(), real.findOwner("/usr/bin/env", OTHER));
  }
}
