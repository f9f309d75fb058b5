package io.exonward.server.cli.gene;

/** Why a file was not looked at. */
public enum Omission {
  /** Neither an ELF file nor an archive of object files: nothing is missing. */
  NOT_CODE("no ELF file", false),
  /** ELF, but for a processor that has no genes here, or without code. */
  NO_GENES("no code that has genes", false),
  TOO_LARGE("too large", true),
  UNREADABLE("unreadable", true),
  /** A package or an ELF file that contradicts itself. */
  MALFORMED("malformed", true);

  private final String text;
  private final boolean isGap;

  Omission(String text, boolean isGap) {
    this.text = text;
    this.isGap = isGap;
  }

  /** For people. */
  public String text() {
    return text;
  }

  /** Whether code may have been missed. */
  public boolean isGap() {
    return isGap;
  }
}
