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

  static final int INODE = 48;
  static final int SIZE_BYTES = 56;
  static final int CTIME_SECONDS = 64;
  static final int CGROUP = 72;
  static final int CTIME_NANOS = 80;
  static final int DEVICE = 84;
  static final int GENERATION = 88;
  static final int LINK_COUNT = 92;
  static final int FILESYSTEM_MAGIC = 96;
  static final int MODE = 100;
  static final int OWNER_UID = 104;
  static final int MOUNT_NAMESPACE = 108;
  static final int UID = 112;
  static final int GID = 116;
  static final int FILE_NAME_BYTES = 120;
  static final int ARGUMENT_BYTES = 124;
  static final int PATH_BYTES = 128;
  static final int DIRECTORY_BYTES = 132;
  static final int EXEC_RECORD_BYTES = 136;

  private RecordLayout() {}
}
