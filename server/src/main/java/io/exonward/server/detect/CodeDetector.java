package io.exonward.server.detect;

import java.util.Optional;

/** Looks at one piece of judged code at a time. Thread-safe, without I/O. */
interface CodeDetector {
  Optional<Detection> detect(JudgedCode code);
}
