package io.exonward.agent.sensor;

import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import java.util.ArrayList;
import java.util.List;

/** What follows from which sensors run. */
final class CoverageRules {
  /** What no sensor of today sees, whichever runs. */
  private static final List<String> ALWAYS =
      List.of(
          "code in anonymous memory is not read",
          "files on network, FUSE and other filesystems that are not local are not hashed");

  /** What the trace points of system calls do not show. */
  private static final List<String> WITH_ACTIONS =
      List.of(
          "files opened and connections made through io_uring are not seen",
          "what 32-bit programs on a 64-bit kernel do is not seen",
          "interpreters under another name are not recognized");

  private static final List<String> WITHOUT_ACTIONS =
      List.of(
          "scripts are seen as their interpreter",
          "code loaded by dlopen or mapped by hand is not seen",
          "memory made executable, and writing to other processes, is not seen",
          "a program started through the dynamic loader by hand is seen as the loader");

  private CoverageRules() {}

  static SensorLevel level(List<SensorStatus> sensors) {
    if (isRunning(sensors, "ebpf")) {
      return isRunning(sensors, "fanotify") ? SensorLevel.FULL : SensorLevel.REDUCED;
    }
    if (isRunning(sensors, "connector")) {
      return SensorLevel.REDUCED;
    }
    return isRunning(sensors, "procfs") ? SensorLevel.MINIMAL : SensorLevel.NONE;
  }

  static List<String> blindSpots(List<SensorStatus> sensors) {
    List<String> spots = new ArrayList<>();
    switch (level(sensors)) {
      case NONE -> spots.add("executions are not seen at all");
      case MINIMAL -> spots.add("processes that live for less than 250 ms may be missed");
      case REDUCED, FULL -> {}
    }
    if (isRunning(sensors, "ebpf")) {
      spots.add("a memfd whose process ends at once has no hash");
    } else {
      spots.add("short-lived processes may have no hash or path");
      spots.add("a short-lived memfd or deleted file may look like a file");
    }
    if (isRunning(sensors, "fanotify")) {
      spots.add(
          "the first program run from a filesystem of another mount namespace may have no hash");
    } else {
      spots.add("a process that ends before its file is read has no hash");
    }
    spots.addAll(isRunning(sensors, "actions") ? WITH_ACTIONS : WITHOUT_ACTIONS);
    spots.addAll(ALWAYS);
    return spots;
  }

  private static boolean isRunning(List<SensorStatus> sensors, String name) {
    return sensors.stream()
        .anyMatch(s -> s.sensor().equals(name) && s.state() == SensorState.RUNNING);
  }

  /** Whether only counts differ. */
  static boolean isSameState(List<SensorStatus> before, List<SensorStatus> now) {
    return withoutCounts(before).equals(withoutCounts(now));
  }

  private static List<SensorStatus> withoutCounts(List<SensorStatus> sensors) {
    return sensors.stream()
        .map(s -> new SensorStatus(s.sensor(), s.state(), s.detail(), 0, 0))
        .toList();
  }
}
