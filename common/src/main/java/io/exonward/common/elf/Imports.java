package io.exonward.common.elf;

import java.util.Arrays;

/**
 * Imported functions by the slot that the loader writes their address to. Linkage stubs are
 * recognized by their code, where a call leads to one: that needs no section headers.
 */
final class Imports {
  private static final int ENDBR64 = 0xfa1e0ff3; // Intel SDM volume 2, ENDBR64
  private static final int BTI_C = 0xd503245f; // Arm ARM C6.2, BTI c
  private static final int PAGE_BYTES = 4096;

  private final long[] slots;
  private final int[] names;

  /** Of slots in any order; of equal ones the first counts. */
  Imports(long[] slots, int[] names, int count) {
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(slots[a], slots[b]));
    this.slots = new long[count];
    this.names = new int[count];
    for (int i = 0; i < count; i++) {
      this.slots[i] = slots[order[i]];
      this.names[i] = names[order[i]];
    }
  }

  int inSlot(long slot) {
    int found = Arrays.binarySearch(slots, slot);
    return found < 0 ? FunctionRange.NO_NAME : names[found];
  }

  int calledAt(long target, ElfImage image) {
    if (slots.length == 0) {
      return FunctionRange.NO_NAME;
    }
    int direct = inSlot(target);
    if (direct >= 0) {
      return direct;
    }
    int offset = image.offsetOf(target);
    if (offset < 0) {
      return FunctionRange.NO_NAME;
    }
    return switch (image.architecture()) {
      case X86_64 -> throughX86(target, offset, image.file());
      case AARCH64 -> throughArm(target, offset, image.file());
    };
  }

  /** [endbr64] [bnd] jmp *slot(%rip), see the System V ABI for AMD64, 5.2 and 13.2. */
  private int throughX86(long target, int offset, FileBytes file) {
    int at = file.i32(offset) == ENDBR64 ? offset + 4 : offset;
    if (file.u8(at) == 0xf2) {
      at++;
    }
    return file.u16(at) == 0x25ff
        ? inSlot(target + (at - offset) + 6 + file.i32(at + 2L))
        : FunctionRange.NO_NAME;
  }

  /** [bti c] adrp x16, page; ldr x17, [x16, low]: see the ELF ABI for AArch64, appendix. */
  private int throughArm(long target, int offset, FileBytes file) {
    int at = file.i32(offset) == BTI_C ? offset + 4 : offset;
    int adrp = file.i32(at);
    int load = file.i32(at + 4L);
    if ((adrp & 0x9f00001f) != 0x90000010 || (load & 0xffc003ff) != 0xf9400211) {
      return FunctionRange.NO_NAME;
    }
    long pages = (long) (adrp << 8 >> 13 << 2) | (adrp >>> 29 & 3);
    long page = (target + (at - offset) & -PAGE_BYTES) + pages * PAGE_BYTES;
    return inSlot(page + ((load >>> 10 & 0xfff) << 3));
  }
}
