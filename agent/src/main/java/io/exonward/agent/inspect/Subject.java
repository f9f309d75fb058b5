package io.exonward.agent.inspect;

import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.process.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * Code whose bytes are wanted, and all ways to them.
 *
 * @param parent of the process; null if not known
 * @param path untrusted text; null if not known
 * @param descriptor number by which the process has the file open; -1 if it has not
 * @param mountNamespace inode of that of the process; 0 if not known
 * @param isExecuted it is what the process runs, not something that it loaded
 * @param textLength characters that keeping it costs
 */
record Subject(
    ProcessId process,
    @Nullable ProcessId parent,
    CodeOrigin origin,
    FileIdentity file,
    @Nullable String path,
    int descriptor,
    int mountNamespace,
    boolean isExecuted,
    int textLength) {
  private static final int NO_DESCRIPTOR = -1;

  /**
   * @param file that of {@code exec}
   */
  static Subject of(KernelEvent.Exec exec, FileIdentity file) {
    return new Subject(
        exec.process(),
        exec.parent(),
        exec.origin(),
        file,
        exec.path(),
        NO_DESCRIPTOR,
        exec.mountNamespace(),
        true,
        exec.textLength());
  }

  static Subject of(KernelEvent.Load load) {
    return new Subject(
        load.process(),
        null,
        load.origin(),
        load.file(),
        load.path(),
        load.descriptor(),
        load.mountNamespace(),
        false,
        load.path() == null ? 0 : load.path().length());
  }
}
