package io.exonward.server.detect;

import io.exonward.common.event.CodeLoadKind;
import java.util.Locale;
import java.util.Optional;

/** The ways in which code comes to run that a policy judges. */
enum CodeEntry {
  EXECUTED("code", "executed", DetectionKind.UNKNOWN_CODE),
  LIBRARY("library", "loaded", DetectionKind.UNKNOWN_LIBRARY),
  PROGRAM("program", "started through the dynamic loader", DetectionKind.UNKNOWN_PROGRAM),
  SCRIPT("script", "run", DetectionKind.UNKNOWN_SCRIPT);

  private final String noun;
  private final String participle;
  private final DetectionKind unknown;

  CodeEntry(String noun, String participle, DetectionKind unknown) {
    this.noun = noun;
    this.participle = participle;
    this.unknown = unknown;
  }

  /** Empty for what is recorded only: a program brings its interpreter, and opened can be data. */
  static Optional<CodeEntry> of(CodeLoadKind kind) {
    return switch (kind) {
      case LIBRARY -> Optional.of(LIBRARY);
      case PROGRAM -> Optional.of(PROGRAM);
      case SCRIPT -> Optional.of(SCRIPT);
      case INTERPRETER, OPENED -> Optional.empty();
    };
  }

  /** "Unknown library loaded: " for "Unknown". */
  String title(String adjective) {
    return adjective + " " + noun + " " + participle + ": ";
  }

  /** "Library loaded from memory: ". */
  String memoryTitle() {
    return noun.substring(0, 1).toUpperCase(Locale.ROOT)
        + noun.substring(1)
        + " "
        + participle
        + " from memory: ";
  }

  /** "loaded", after "was". */
  String participle() {
    return participle;
  }

  /** What it is if nothing speaks for the code. */
  DetectionKind unknown() {
    return unknown;
  }
}
