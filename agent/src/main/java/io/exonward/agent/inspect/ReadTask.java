package io.exonward.agent.inspect;

import io.exonward.common.hash.HashAbsence;

/** One file to read. */
interface ReadTask {
  /** Reads it, on a worker. */
  void run(ContentReader reader);

  /** The filesystem that is to blame if it hangs, by device number as far as that is known. */
  long device();

  /** The worker hangs in the kernel; {@link #run} may yet return, or never. */
  void giveUp();

  /** It will not be read. */
  void drop(HashAbsence reason);

  /** Number of a device. */
  static long device(int major, int minor) {
    return (long) major << Integer.SIZE | minor;
  }
}
