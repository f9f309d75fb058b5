package io.exonward.agent.sensor.action;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Programs that run what they read. They are known by the start of the name that their file has:
 * one that was copied under another name is not recognized.
 */
final class Interpreters {
  /** Bytes of a name that the kernel side compares. */
  static final int NAME_BYTES = 8;

  /** Room for them in actions.bpf.c. */
  static final int LIMIT = 32;

  /** Values of {@link #head}. */
  static final int HEADS = 256;

  /** Starts of names, two bytes at least; those that end with a zero are whole. */
  private static final List<String> NAMES =
      List.of(
          "python",
          "pypy",
          "perl",
          "ruby",
          "node",
          "deno",
          "bun\0",
          "php",
          "lua",
          "java\0",
          "tclsh",
          "Rscript\0",
          "guile",
          "sh\0",
          "bash",
          "dash",
          "ash\0",
          "ksh",
          "mksh",
          "zsh",
          "fish\0",
          "busybox",
          "pwsh\0",
          "awk\0",
          "gawk",
          "mawk");

  private Interpreters() {}

  /** Puts the names and their masks, as struct interpreter has them. */
  static void putNames(ByteBuffer to) {
    for (String name : NAMES) {
      byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < NAME_BYTES; i++) {
        to.put(i < bytes.length ? bytes[i] : 0);
      }
      for (int i = 0; i < NAME_BYTES; i++) {
        to.put((byte) (i < bytes.length ? 0xff : 0));
      }
    }
  }

  /** Puts 1 for each head that a name has, else 0. */
  static void putHeads(ByteBuffer to) {
    byte[] heads = new byte[HEADS];
    for (String name : NAMES) {
      heads[head(name)] = 1;
    }
    to.put(heads);
  }

  /** As head_of of actions.bpf.c. */
  private static int head(String name) {
    return (name.charAt(0) * 31 + name.charAt(1)) % HEADS;
  }
}
