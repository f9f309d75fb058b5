package io.exonward.agent.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilePagesTest {
  private static final String TEXT =
      "7f50a0000000-7f50a0003000 r-xp 00001000 fe:00 42                  /usr/lib/libjvm.so";

  private static final String CONSTANTS =
      "7f50a0003000-7f50a0004000 r--p 00004000 fe:00 42                  /usr/lib/libjvm.so";
  private static final String UNCHANGED = "Anonymous:             0 kB";

  private final FilePages pages = new FilePages();

  @Test
  void find_textOfLibrary_isFound() {
    List<FilePages.Mapping> found = pages.find(List.of(TEXT, "Rss: 8 kB", "Anonymous:  0 kB"));

    assertEquals(List.of(new FilePages.Mapping(0x7f50a0000000L, 0x7f50a0003000L, TEXT)), found);
  }

  @Test
  void find_changedInMemory_isLeft() {
    assertEquals(List.of(), pages.find(List.of(TEXT, "Rss: 8 kB", "Anonymous:       4 kB")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7f50a0000000-7f50a0003000 rw-p 00001000 fe:00 42       /usr/lib/libjvm.so",
        "7f50a0000000-7f50a0003000 r--s 00001000 00:0f 42       anon_inode:bpf-map",
        "7f50a0000000-7f50a0003000 r-xp 00000000 00:00 0        [vdso]",
        "7f50a0000000-7f50a0003000 r-xp 00000000 00:00 0 "
      })
  void find_notOnlyItsFile_isLeft(String header) {
    assertEquals(List.of(), pages.find(List.of(header, UNCHANGED)));
  }

  @Test
  void find_constantsOfLibrary_areFoundTheSecondTime() {
    assertEquals(List.of(), pages.find(List.of(CONSTANTS, UNCHANGED)));

    assertEquals(1, pages.find(List.of(CONSTANTS, UNCHANGED)).size());
  }

  @Test
  void find_otherLibraryAtTheSamePlace_isLeft() {
    pages.find(List.of(CONSTANTS, UNCHANGED));

    assertEquals(
        List.of(), pages.find(List.of(CONSTANTS.replace("libjvm", "libother"), UNCHANGED)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "800001000-801199000 r--p 01199000 fe:00 42             /usr/lib/exonward/agent.aot",
        "7f50a0000000-7f50a0003000 r--s 00000000 fe:00 42       /usr/lib/jvm/lib/modules"
      })
  void find_mappedOnceByTheJvm_isFound(String header) {
    assertEquals(1, pages.find(List.of(header, UNCHANGED)).size());
  }

  @Test
  void release_ofThisProcess_leavesItRunning() throws IOException {
    long released = pages.release();

    assertTrue(released > 1 << 20, released + " bytes of mappings");
    assertTrue(pages.release() > 0);
  }
}
