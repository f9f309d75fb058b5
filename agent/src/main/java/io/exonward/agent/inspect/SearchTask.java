package io.exonward.agent.inspect;

import io.exonward.agent.linux.Descriptor;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.HashAbsence;
import java.util.Optional;

/** Looks for the bytes of code by every way but the kernel's own descriptor, and reads them. */
final class SearchTask implements ReadTask {
  private final Workplace place;
  private final PendingInspection waiting;

  SearchTask(Workplace place, PendingInspection waiting) {
    this.place = place;
    this.waiting = waiting;
  }

  @Override
  public long device() {
    return ReadTask.device(waiting.file().deviceMajor(), waiting.file().deviceMinor());
  }

  @Override
  public void run(ContentReader reader) {
    if (waiting.isDone()) {
      return;
    }
    Optional<Descriptor> opened = open(waiting.subject());
    if (opened.isEmpty()) {
      waiting.giveUpOn(HashAbsence.PROCESS_GONE);
      return;
    }
    try (Descriptor file = opened.get()) {
      read(file, reader);
    }
  }

  private Optional<Descriptor> open(Subject subject) {
    Optional<Descriptor> held = place.held().takeExecuted(subject.process().pid(), subject.file());
    if (held.isEmpty() && subject.origin() == CodeOrigin.MEMFD) {
      held = place.held().openMemfd(subject.file());
    }
    return held.isPresent() ? held : place.files().open(subject);
  }

  private void read(Descriptor file, ContentReader reader) {
    String known = waiting.subject().path();
    String path = known != null ? known : file.target();
    switch (reader.read(file, path)) {
      case Content.Read content -> {
        place.tally().countFile(content.file().sizeBytes());
        place.answers().deliver(waiting, content, path);
      }
      case Content.Unread unread -> place.answers().refuse(waiting, unread.reason());
    }
  }

  @Override
  public void giveUp() {
    place.answers().refuse(waiting, HashAbsence.READ_FAILED);
  }

  @Override
  public void drop(HashAbsence reason) {
    place.answers().refuse(waiting, reason);
  }
}
