package io.exonward.server.detect;

import io.exonward.common.attack.Technique;

/** What detectors find. */
public enum DetectionKind {
  UNKNOWN_CODE("unknown-code", Severity.MEDIUM, Technique.MALICIOUS_FILE),
  UNKNOWN_LIBRARY("unknown-library", Severity.MEDIUM, Technique.SHARED_MODULES),
  UNKNOWN_PROGRAM("unknown-program", Severity.MEDIUM, Technique.SYSTEM_BINARY_PROXY),
  UNKNOWN_SCRIPT("unknown-script", Severity.MEDIUM, Technique.SCRIPTING_INTERPRETER),
  /** Beside the unknown library: the dynamic loader was told to load it. */
  PRELOADED_LIBRARY("preloaded-library", Severity.MEDIUM, Technique.DYNAMIC_LINKER_HIJACKING),
  MEMORY_CHANGED("memory-changed", Severity.MEDIUM, Technique.PROCESS_INJECTION),
  /** In place of the four above, where all that speaks for the code is its verified lineage. */
  REBUILT_CODE("rebuilt-code", Severity.LOW, Technique.MALICIOUS_FILE),
  /** It shares code with a malicious family. */
  MALICIOUS_CODE("malicious-code", Severity.HIGH, Technique.MALICIOUS_FILE),
  /** Hosts say different things of the genes of one content. */
  DISPUTED_GENES("disputed-genes", Severity.MEDIUM, Technique.DISABLE_TOOLS),
  DENIED_CODE("denied-code", Severity.HIGH, Technique.MALICIOUS_FILE),
  MEMFD_EXECUTION("memfd-execution", Severity.HIGH, Technique.REFLECTIVE_CODE_LOADING),
  DELETED_FILE_EXECUTION("deleted-file-execution", Severity.HIGH, Technique.FILE_DELETION),
  SENSOR_LOSS("sensor-loss", Severity.MEDIUM, Technique.DISABLE_TOOLS),
  SILENT_AGENT("silent-agent", Severity.HIGH, Technique.DISABLE_TOOLS);

  private final String code;
  private final Severity severity;
  private final Technique technique;

  DetectionKind(String code, Severity severity, Technique technique) {
    this.code = code;
    this.severity = severity;
    this.technique = technique;
  }

  /** Stable name in JSON, in the CLI and in the store. */
  public String code() {
    return code;
  }

  public Severity severity() {
    return severity;
  }

  /** What an attacker would be doing. */
  public Technique technique() {
    return technique;
  }
}
