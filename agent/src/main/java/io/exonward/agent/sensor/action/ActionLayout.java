package io.exonward.agent.sensor.action;

/** Offsets in struct action_record of actions.bpf.c; a test compares them with it. */
final class ActionLayout {
  static final int KIND = 0;
  static final int FLAGS = 4;
  static final int TIME_NANOS = 8;
  static final int START_NANOS = 16;
  static final int CGROUP = 24;
  static final int ADDRESS = 32;
  static final int LENGTH = 40;
  static final int COUNT = 48;
  static final int PID = 56;
  static final int TARGET_PID = 60;
  static final int PROTECTION = 64;
  static final int DESCRIPTOR = 68;
  static final int MOUNT_NAMESPACE = 72;
  static final int TEXT_BYTES = 76;
  static final int FILE = 80;
  static final int ACTION_RECORD_BYTES = 136;

  private ActionLayout() {}
}
