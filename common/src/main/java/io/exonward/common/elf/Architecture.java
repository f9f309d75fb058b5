package io.exonward.common.elf;

/** Processor that code is for. */
public enum Architecture {
  X86_64,
  AARCH64
}
