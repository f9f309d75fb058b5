package io.exonward.agent.inspect;

import io.exonward.agent.linux.FileStatus;
import io.exonward.common.hash.HashAbsence;

/** What came of reading a file. */
sealed interface Content {
  /**
   * It was read whole.
   *
   * @param file what the file was before and after
   * @param isCacheable its identity stands for its content
   */
  record Read(FileStatus file, FileDigest digest, boolean isCacheable) implements Content {}

  /** It was not. */
  record Unread(HashAbsence reason) implements Content {}
}
