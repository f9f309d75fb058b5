package io.exonward.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class PostgresBinariesTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  private Path root = Path.of("/nonexistent");

  @BeforeEach
  void createRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
  }

  @Test
  void unpack_fileAndLink_keepContentAndMode() throws IOException {
    unpack(file("bin/tool", 0700), link("lib/tool.1", "../bin/tool"));

    assertEquals("content", Files.readString(root.resolve("lib/tool.1")));
    assertEquals("rwxr-xr-x", mode(root.resolve("bin/tool")));
    assertEquals("rwxr-xr-x", mode(root.resolve("bin")));
  }

  @Test
  void unpack_plainFile_isNotExecutable() throws IOException {
    unpack(file("share/data", 0600));

    assertEquals("rw-r--r--", mode(root.resolve("share/data")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "a/../../outside", "../root-too/outside"})
  void unpack_nameLeadsOutside_isRefused(String name) throws IOException {
    assertThrows(IOException.class, () -> unpack(file(name, 0600)));

    assertFalse(Files.exists(folder.resolve("outside")));
    assertFalse(Files.exists(folder.resolve("root-too")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "/etc/passwd", "a/../../outside"})
  void unpack_linkLeadsOutside_isRefused(String target) {
    assertThrows(IOException.class, () -> unpack(link("link", target)));

    assertFalse(Files.isSymbolicLink(root.resolve("link")));
  }

  @Test
  void unpack_fileOverALink_isRefused() {
    assertThrows(IOException.class, () -> unpack(file("a", 0600), link("b", "a"), file("b", 0600)));

    assertTrue(Files.isSymbolicLink(root.resolve("b")));
  }

  @Test
  void unpack_hardLinkOrDevice_isRefused() {
    TarArchiveEntry hardLink = new TarArchiveEntry("hard", TarConstants.LF_LINK);
    hardLink.setLinkName("/etc/passwd");
    TarArchiveEntry device = new TarArchiveEntry("device", TarConstants.LF_CHR);

    assertThrows(IOException.class, () -> unpack(hardLink));
    assertThrows(IOException.class, () -> unpack(device));
  }

  private void unpack(TarArchiveEntry... entries) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new XZOutputStream(archive, new LZMA2Options(0)))) {
      for (TarArchiveEntry entry : entries) {
        tar.putArchiveEntry(entry);
        if (entry.getSize() > 0) {
          tar.write(CONTENT);
        }
        tar.closeArchiveEntry();
      }
    }
    PostgresBinaries.unpack(new ByteArrayInputStream(archive.toByteArray()), root);
  }

  private static TarArchiveEntry file(String name, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(CONTENT.length);
    entry.setMode(mode);
    return entry;
  }

  private static TarArchiveEntry link(String name, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(target);
    return entry;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
