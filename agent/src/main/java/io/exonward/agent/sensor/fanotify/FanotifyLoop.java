package io.exonward.agent.sensor.fanotify;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.Fanotify;
import io.exonward.agent.linux.Poller;
import io.exonward.agent.sensor.SensorThread;
import org.jspecify.annotations.Nullable;

/** What the sensor's thread does: reads, which answers, and hands on; follows the mounts. */
final class FanotifyLoop {
  private static final int GROUP = 0;
  private static final int MOUNTS = 2;

  private final Fanotify group;
  private final Fanotify.Batch batch = new Fanotify.Batch();
  private final FileHandover handover;
  private final FilesystemMarks filesystems;
  private final SensorThread thread;
  private final @Nullable AnswerWatchdog watchdog;

  /**
   * @param watchdog null where nobody waits for answers
   */
  FanotifyLoop(
      Fanotify group,
      FileHandover handover,
      FilesystemMarks filesystems,
      SensorThread thread,
      @Nullable AnswerWatchdog watchdog) {
    this.group = group;
    this.handover = handover;
    this.filesystems = filesystems;
    this.thread = thread;
    this.watchdog = watchdog;
  }

  /** Runs until the sensor stops. */
  void run(int wakeNumber) {
    try (Descriptor mounts = Descriptor.openForReading(FilesystemMarks.MOUNTS.toString())) {
      Poller poller = new Poller(group.number(), wakeNumber, mounts.number()).priorityOnly(MOUNTS);
      while (!thread.isStopping()) {
        poller.await(Poller.FOREVER);
        if (poller.isReady(GROUP)) {
          read();
        }
        if (poller.isReady(MOUNTS)) {
          filesystems.markOwn();
          filesystems.describe(thread);
        }
      }
    }
  }

  private void read() {
    if (watchdog != null) {
      watchdog.turn(handover);
    }
    group.read(batch, handover);
    handover.caughtUp();
  }
}
