package io.exonward.common.elf;

/** An ELF file as far as it can be read. */
public sealed interface ElfFile {
  /** It could be mapped, at least in part. */
  record Mapped(ElfImage image) implements ElfFile {}

  /** It could not. */
  record Unreadable(Reason reason) implements ElfFile {}

  /** Why a file is not readable. */
  enum Reason {
    NOT_ELF,
    /** 32 bits, big-endian, or another processor. */
    OTHER_ARCHITECTURE,
    /** Nothing could be mapped by its headers. */
    MALFORMED
  }
}
