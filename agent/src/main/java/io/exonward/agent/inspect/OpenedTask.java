package io.exonward.agent.inspect;

import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.linux.ReadLease;
import io.exonward.agent.sensor.fanotify.OpenedFile;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.HashAbsence;

/** Reads a file by the descriptor that came with the news of it. */
final class OpenedTask implements ReadTask {
  private static final int GENERATION_UNKNOWN = 0;

  private final Workplace place;
  private final OpenedFile event;
  private final boolean isExecution;

  /** Promises to read it, which whoever waits for its bytes can count on until this has run. */
  OpenedTask(Workplace place, OpenedFile event, boolean isExecution) {
    this.place = place;
    this.event = event;
    this.isExecution = isExecution;
    place.pending().promise(event.status());
  }

  @Override
  public long device() {
    return ReadTask.device(event.status().deviceMajor(), event.status().deviceMinor());
  }

  @Override
  public void run(ContentReader reader) {
    try (event) {
      FileDigest cached = place.cache().find(event.status()); // another event of it was first
      if (cached != null) {
        deliver(new Content.Read(event.status(), cached, true));
        ignoreIfSettled();
      } else if (reader.read(event.descriptor(), null) instanceof Content.Read content) {
        place.tally().countFile(content.file().sizeBytes());
        if (content.isCacheable()) {
          place.cache().put(content.file(), content.digest());
        }
        deliver(content);
      }
      if (isExecution && !place.loads().isSettled(event.status())) {
        reportLoad();
      }
    } finally {
      place.pending().endPromise(event.status());
    }
  }

  /**
   * Wants no more events of a file about which nothing is left to be said. The next writer will be
   * seen to close it, because nobody has it open for writing now.
   */
  private void ignoreIfSettled() {
    if (!place.loads().isSettled(event.status())) {
      return;
    }
    try (ReadLease lease = ReadLease.request(event.descriptor())) {
      if (lease.isHeld() && event.descriptor().status().equals(event.status())) {
        event.ignore();
      }
    } catch (NativeException e) {
      // Then the kernel goes on telling of it.
    }
  }

  private void deliver(Content.Read content) {
    place.recent().put(event.pid(), content);
    for (PendingInspection waiting : place.pending().waitingFor(content.file(), event.pid())) {
      place.answers().deliver(waiting, content, waiting.subject().path());
    }
  }

  private void reportLoad() {
    FileStatus file = event.status();
    try {
      FileIdentity identity =
          new FileIdentity(
              file.deviceMajor(),
              file.deviceMinor(),
              file.inode(),
              GENERATION_UNKNOWN,
              file.sizeBytes(),
              file.ctimeNanos(),
              file.linkCount(),
              event.descriptor().filesystemMagic(),
              file.mode(),
              file.ownerUid());
      place.loads().add(event, identity, event.descriptor().target(), isScript());
    } catch (NativeException e) {
      // It has no name that we could report.
    }
  }

  /** Whether it names its interpreter in its first line. // man 2 execve */
  private boolean isScript() {
    byte[] start = new byte[2];
    int count = event.descriptor().readAt(start, 0);
    return count == start.length && start[0] == '#' && start[1] == '!';
  }

  @Override
  public void giveUp() {
    // Nobody waits for this one alone.
  }

  @Override
  public void drop(HashAbsence reason) {
    place.tally().countDropped();
    place.pending().endPromise(event.status());
    event.close();
  }
}
