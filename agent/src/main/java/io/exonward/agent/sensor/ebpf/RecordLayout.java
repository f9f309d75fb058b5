package io.exonward.agent.sensor.ebpf;

/** Offsets in struct record and struct exec_record of exec.bpf.c; a test compares them with it. */
final class RecordLayout {
  static final int KIND = 0;
  static final int FLAGS = 4;
  static final int TIME_NANOS = 8;
  static final int START_NANOS = 16;
  static final int PARENT_START_NANOS = 24;
  static final int PID = 32;
  static final int PARENT_PID = 36;
  static final int STATUS = 40;
  static final int RECORD_BYTES = 48;

  static final int FILE = 48;
  static final int CGROUP = 104;
  static final int MOUNT_NAMESPACE = 112;
  static final int UID = 116;
  static final int GID = 120;
  static final int FILE_NAME_BYTES = 124;
  static final int ARGUMENT_BYTES = 128;
  static final int PATH_BYTES = 132;
  static final int DIRECTORY_BYTES = 136;
  static final int EXEC_RECORD_BYTES = 144;

  private RecordLayout() {}
}
