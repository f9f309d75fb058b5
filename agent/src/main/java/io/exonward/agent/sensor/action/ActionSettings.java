package io.exonward.agent.sensor.action;

import io.exonward.agent.linux.Kernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Encodes struct settings of actions.bpf.c. */
final class ActionSettings {
  static final int OWN_PID = 0;
  static final int UPROBE_TYPE = 4;
  static final int INTERPRETED = 8;
  static final int INTERPRETERS = 16;
  static final int HEADS = INTERPRETERS + Interpreters.LIMIT * 2 * Interpreters.NAME_BYTES;
  static final int SETTINGS_BYTES = HEADS + Interpreters.HEADS;

  // man 2 perf_event_open, "dynamic PMU"
  private static final Path UPROBE = Path.of("/sys/bus/event_source/devices/uprobe/type");

  private ActionSettings() {}

  static byte[] encode(boolean isInterpretedWanted) {
    ByteBuffer settings = ByteBuffer.allocate(SETTINGS_BYTES).order(ByteOrder.nativeOrder());
    settings.putInt(OWN_PID, Kernel.ownPid());
    settings.putInt(UPROBE_TYPE, uprobeType());
    settings.putInt(INTERPRETED, isInterpretedWanted ? 1 : 0);
    Interpreters.putNames(settings.position(INTERPRETERS));
    Interpreters.putHeads(settings.position(HEADS));
    return settings.array();
  }

  private static int uprobeType() {
    try {
      return Integer.parseInt(Files.readString(UPROBE).strip());
    } catch (IOException | NumberFormatException _) {
      return 0; // a kernel without uprobes
    }
  }
}
