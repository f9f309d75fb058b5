package io.exonward.server.cli.gene;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** What a file is by its first bytes; its name says nothing. */
enum FileSignature {
  ELF,
  /** An archive of object files: {@code man 5 ar}. */
  ARCHIVE,
  /** {@code man 5 deb}. */
  DEB,
  /** RPM file format, version 3 and 4. */
  RPM,
  OTHER;

  /** As many first bytes as are needed to tell. */
  static final int BYTES = 24;

  static FileSignature of(byte[] start) {
    String text = new String(start, ISO_8859_1);
    if (text.startsWith("\u007fELF")) {
      return ELF;
    }
    if (text.startsWith("!<arch>\ndebian-binary")) {
      return DEB;
    }
    if (text.startsWith("!<arch>\n")) {
      return ARCHIVE;
    }
    return text.startsWith("\u00ed\u00ab\u00ee\u00db") ? RPM : OTHER;
  }
}
