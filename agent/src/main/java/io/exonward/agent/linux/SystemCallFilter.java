package io.exonward.agent.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A seccomp program that refuses what a confined process has no use for: other programs and
 * processes, files, connections, and the memory of others. Refused calls fail with EPERM, so that a
 * library that tries something fails like on a locked-down machine; a foreign architecture ends the
 * process.
 */
final class SystemCallFilter {
  static final int INSTRUCTION_BYTES = 8;

  // linux include/uapi/linux/bpf_common.h and filter.h
  private static final int LOAD_WORD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_BITS = 0x45;
  private static final int RETURN = 0x06;

  // linux include/uapi/linux/seccomp.h: struct seccomp_data
  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;

  private static final int ALLOW = 0x7fff0000;
  private static final int KILL_PROCESS = 0x80000000;
  private static final int REFUSE = 0x00050000;

  private static final int CLONE_THREAD = 0x10000;

  /** Numbers that all newer calls share among architectures. */
  private static final int CLONE3 = 435;

  // linux arch/x86/entry/syscalls/syscall_64.tbl: open, socket to socketpair but for what works on
  // open descriptors, fork, vfork, execve, kill, rename to symlink, chmod to lchown, ptrace, mount,
  // umount2, swap, reboot, modules, tkill, openat to fchmodat, process_vm_*, perf, fanotify, file
  // handles, bpf, userfaultfd, execveat
  private static final int[] X86_64 = {
    2, 41, 42, 43, 49, 50, 53, 57, 58, 59, 62, 76, 82, 83, 84, 85, 86, 87, 88, 90, 92, 94, 101, 133,
    161, 165, 166, 167, 169, 175, 176, 200, 234, 246, 250, 257, 258, 259, 260, 263, 264, 265, 266,
    268, 272, 288, 298, 300, 304, 308, 310, 311, 313, 316, 320, 321, 322, 323
  };

  // linux include/uapi/asm-generic/unistd.h, for the same calls
  private static final int[] AARCH64 = {
    33, 34, 35, 36, 37, 38, 39, 40, 41, 45, 51, 53, 54, 56, 97, 104, 105, 106, 117, 129, 130, 131,
    142, 198, 199, 200, 201, 202, 203, 217, 219, 221, 224, 241, 242, 262, 265, 268, 270, 271, 273,
    276, 280, 281, 282, 294
  };

  // Since Linux 5.0 numbers are the same everywhere: pidfd_send_signal, io_uring_*, open_tree to
  // fspick, openat2, pidfd_getfd, process_madvise, mount_setattr, memfd_secret, process_mrelease
  private static final int[] COMMON = {
    424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 437, 438, 440, 442, 447, 448
  };

  private static final int AUDIT_X86_64 = 0xc000003e;
  private static final int AUDIT_AARCH64 = 0xc00000b7;

  private SystemCallFilter() {}

  /** Number of seccomp(2) on this machine. */
  static long seccomp() {
    return isArm() ? 277 : 317;
  }

  private static boolean isArm() {
    return System.getProperty("os.arch").equals("aarch64");
  }

  /** For this machine's architecture, as the kernel reads it. */
  static byte[] program() {
    int[] own = isArm() ? AARCH64 : X86_64;
    int clone = isArm() ? 220 : 56;
    ByteBuffer code =
        ByteBuffer.allocate((own.length + COMMON.length + 12) * INSTRUCTION_BYTES)
            .order(ByteOrder.nativeOrder());
    put(code, LOAD_WORD, 0, 0, ARCHITECTURE);
    put(code, JUMP_IF_EQUAL, 1, 0, isArm() ? AUDIT_AARCH64 : AUDIT_X86_64);
    put(code, RETURN, 0, 0, KILL_PROCESS);
    put(code, LOAD_WORD, 0, 0, NUMBER);
    put(code, JUMP_IF_EQUAL, 0, 1, CLONE3); // its flags are in memory: the library falls back
    put(code, RETURN, 0, 0, REFUSE | Errno.ENOSYS);
    put(code, JUMP_IF_EQUAL, 0, 3, clone);
    put(code, LOAD_WORD, 0, 0, FIRST_ARGUMENT);
    put(code, JUMP_IF_BITS, own.length + COMMON.length + 1, 0, CLONE_THREAD);
    put(code, RETURN, 0, 0, REFUSE | Errno.EPERM);
    int left = own.length + COMMON.length;
    for (int[] some : new int[][] {own, COMMON}) {
      for (int number : some) {
        put(code, JUMP_IF_EQUAL, left--, 0, number);
      }
    }
    put(code, RETURN, 0, 0, ALLOW);
    put(code, RETURN, 0, 0, REFUSE | Errno.EPERM);
    return code.array();
  }

  private static void put(ByteBuffer code, int operation, int whenTrue, int whenFalse, int value) {
    code.putShort((short) operation).put((byte) whenTrue).put((byte) whenFalse).putInt(value);
  }
}
