package io.exonward.agent.inspect;

import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import org.jspecify.annotations.Nullable;

/** Ends what waits: hands the answer on once, counts it and keeps what may be kept. Thread-safe. */
final class Answers {
  private final HashCache cache;
  private final PendingTable pending;
  private final InspectTally tally;

  Answers(HashCache cache, PendingTable pending, InspectTally tally) {
    this.cache = cache;
    this.pending = pending;
    this.tally = tally;
  }

  /** Answers with what was read and, if it may, keeps it by the name that events give the file. */
  void deliver(PendingInspection waiting, Content.Read content, @Nullable String path) {
    if (content.file().sizeBytes() != waiting.file().sizeBytes()) {
      refuse(waiting, HashAbsence.CHANGED);
      return;
    }
    boolean isSameVersion = content.file().ctimeNanos() == waiting.file().ctimeNanos();
    if (content.isCacheable() && isSameVersion) {
      cache.put(waiting.file(), content.digest());
    }
    answer(waiting, known(waiting.file(), path, content.digest()));
  }

  private void answer(PendingInspection waiting, Inspection inspection) {
    pending.remove(waiting);
    if (waiting.complete(inspection)) {
      tally.countAnswer(inspection.hash());
    }
  }

  static Inspection known(FileIdentity file, @Nullable String path, FileDigest digest) {
    ContentHash hash = new ContentHash.Known(digest.sha256());
    return new Inspection(hash, digest.md5(), path, file);
  }

  static Inspection missing(
      @Nullable FileIdentity file, @Nullable String path, HashAbsence reason) {
    return new Inspection(new ContentHash.Missing(reason), null, path, file);
  }

  /** Answers that there is no hash. */
  void refuse(PendingInspection waiting, HashAbsence reason) {
    answer(waiting, missing(waiting.file(), waiting.subject().path(), reason));
  }
}
