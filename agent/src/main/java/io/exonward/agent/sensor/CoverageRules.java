package io.exonward.agent.sensor;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.wire.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What follows from which sensors run. */
final class CoverageRules {
  /** What no sensor of today sees, whichever runs. */
  private static final List<String> ALWAYS =
      List.of(
          "code in anonymous memory is not read",
          "code that an interpreter reads from its standard input or command line has no hash",
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

  /**
   * What these sensors see.
   *
   * @param said blind spots that running sensors told of themselves
   */
  static Coverage coverage(List<SensorStatus> sensors, List<String> said, Instant since) {
    List<String> spots = new ArrayList<>(blindSpots(sensors));
    for (String spot : said) {
      spots.add(Limits.truncate(spot, Limits.BLIND_SPOT_BYTES));
    }
    int room = Limits.BLIND_SPOTS - 1; // one is left for what the agent itself sheds
    List<String> allowed = spots.subList(0, Math.min(spots.size(), room));
    return new Coverage(level(sensors), sensors, allowed, since);
  }

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

  /** Whether a sensor of this name looks now and then, and misses what happened in between. */
  static boolean looksNowAndThen(String name) {
    return name.equals("procfs");
  }

  /** Whether only counts and the time differ. */
  static boolean isSameState(Coverage before, Coverage now) {
    return before.level() == now.level()
        && before.blindSpots().equals(now.blindSpots())
        && withoutCounts(before.sensors()).equals(withoutCounts(now.sensors()));
  }

  private static List<SensorStatus> withoutCounts(List<SensorStatus> sensors) {
    return sensors.stream()
        .map(s -> new SensorStatus(s.sensor(), s.state(), s.detail(), 0, 0))
        .toList();
  }
}
