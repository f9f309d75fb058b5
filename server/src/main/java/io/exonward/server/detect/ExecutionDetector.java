package io.exonward.server.detect;

import java.util.Optional;

/** Looks at one execution at a time. Thread-safe, without I/O. */
interface ExecutionDetector {
  Optional<Detection> detect(JudgedExecution execution);
}
