package io.exonward.common.policy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.exonward.common.file.CodeOrigin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
  @Test
  void selector_noCondition_isRefused() {
    assertRefused(null, null, null);
    assertRefused(null, null, CodeOrigin.MEMFD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "relative/path", "C:\\x"})
  void selector_badPath_isRefused(String path) {
    assertRefused(null, path, null);
  }

  @Test
  void selector_lengths_areLimited() {
    assertRefused("x".repeat(257), null, null);
    assertRefused(" ", null, null);
    assertRefused(null, "/" + "x".repeat(4096), null);
    assertDoesNotThrow(() -> new Selector(null, "x".repeat(256), "/" + "x".repeat(4095), null));
  }

  @Test
  void selector_memoryNamesAFile_isRefused() {
    assertRefused("nginx", null, CodeOrigin.FILE);
  }

  private static void assertRefused(
      @Nullable String packageName, @Nullable String path, @Nullable CodeOrigin memory) {
    assertThrows(
        IllegalArgumentException.class, () -> new Selector(null, packageName, path, memory));
  }
}
