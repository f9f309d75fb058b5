package io.exonward.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * Gives up, for this whole process and for good, what code that is taken over could use: identity,
 * capabilities, new programs, new files and new connections. Open descriptors stay.
 */
public final class Confinement {
  private static final int NOBODY = 65_534;
  private static final int LAST_CAPABILITY = 63;
  private static final int CPU_SECONDS = 60;

  // linux include/uapi/linux/prctl.h
  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_CAPBSET_DROP = 24;
  private static final int PR_SET_NO_NEW_PRIVS = 38;

  // linux include/uapi/asm-generic/resource.h
  private static final int RLIMIT_CPU = 0;
  private static final int RLIMIT_FSIZE = 1;
  private static final int RLIMIT_CORE = 4;

  private static final int LOWEST_PRIORITY = 19;

  // linux include/uapi/linux/seccomp.h
  private static final long SECCOMP_SET_MODE_FILTER = 1;
  private static final long SECCOMP_FILTER_FLAG_TSYNC = 1;

  private Confinement() {}

  /**
   * Enters. Threads that are made later are in it as well.
   *
   * @throws NativeException if anything cannot be given up
   */
  public static void enter() {
    Libc.setpriority(0, 0, LOWEST_PRIORITY);
    Libc.check(Libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl", "no_new_privs");
    limit(RLIMIT_CPU, CPU_SECONDS);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    if (Libc.geteuid() == 0) {
      dropIdentity();
    }
    Libc.check(Libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "prctl", "dumpable");
    filterSystemCalls();
  }

  /**
   * The C library does it for all threads; capabilities go with the last user id that is root's.
   */
  private static void dropIdentity() {
    for (int capability = 0; capability <= LAST_CAPABILITY; capability++) {
      Libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0); // fails for those the kernel does not know
    }
    Libc.check(Libc.setgroups(0, null), "setgroups", "none");
    Libc.check(Libc.setresgid(NOBODY, NOBODY, NOBODY), "setresgid", "nobody");
    Libc.check(Libc.setresuid(NOBODY, NOBODY, NOBODY), "setresuid", "nobody");
  }

  private static void limit(int resource, long value) {
    try (Memory both = new Memory(2L * Long.BYTES)) {
      both.setLong(0, value);
      both.setLong(Long.BYTES, value);
      Libc.check(Libc.setrlimit(resource, both), "setrlimit", Integer.toString(resource));
    }
  }

  private static void filterSystemCalls() {
    byte[] program = SystemCallFilter.program();
    try (Memory code = new Memory(program.length);
        Memory header = new Memory(2L * Long.BYTES)) {
      code.write(0, program, 0, program.length);
      header.clear();
      header.setShort(0, (short) (program.length / SystemCallFilter.INSTRUCTION_BYTES));
      header.setPointer(Long.BYTES, code);
      Pointer fprog = header;
      long result =
          Libc.syscall(
              SystemCallFilter.seccomp(),
              SECCOMP_SET_MODE_FILTER,
              SECCOMP_FILTER_FLAG_TSYNC,
              fprog,
              0);
      if (result != 0) {
        throw new NativeException("seccomp", result > 0 ? Errno.EINVAL : Native.getLastError());
      }
    }
  }
}
