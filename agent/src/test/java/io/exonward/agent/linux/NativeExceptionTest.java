package io.exonward.agent.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class NativeExceptionTest {
  @Test
  void open_missing_namesCallArgumentAndErrno() {
    NativeException e =
        assertThrows(NativeException.class, () -> Descriptor.openForReading("/no/such"));

    assertEquals("open(/no/such): ENOENT", e.getMessage());
    assertEquals(Errno.ENOENT, e.errno());
  }

  @Test
  void bpfObject_noElf_isRefusedWithTheReasonOfTheLibrary() {
    NativeException e =
        assertThrows(NativeException.class, () -> BpfObject.open(new byte[] {1, 2, 3}));

    assertTrue(e.getMessage() != null && e.getMessage().contains("ELF"), e.getMessage());
  }

  @Test
  void number_afterClose_isRefused() {
    Descriptor file = Descriptor.openForReading("/proc/self/stat");

    file.close();
    file.close();

    assertThrows(IllegalStateException.class, file::number);
  }
}
