package io.exonward.common.event;

/** What a process can do that brings code into memory, changes it, or prepares that. */
public enum ActionKind {
  /** Anonymous memory mapped executable. */
  EXECUTABLE_MAPPED,
  /** Memory made executable after it was mapped. */
  MADE_EXECUTABLE,
  MEMFD_CREATED,
  PTRACE_ATTACHED,
  /** Memory or registers of another process changed by ptrace. */
  PTRACE_WRITTEN,
  /** Memory of another process written. // man 2 process_vm_writev */
  PROCESS_WRITTEN,
  /** {@code /proc/PID/mem} opened for writing. */
  PROCESS_MEMORY_OPENED,
  UPROBE_SET,
  BPF_LOADED,
  MODULE_LOADED,
  /** User or group ids changed while running. */
  CREDENTIALS_CHANGED,
  /** Outgoing connection asked for. */
  CONNECTED
}
