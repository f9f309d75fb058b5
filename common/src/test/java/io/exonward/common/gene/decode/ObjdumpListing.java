package io.exonward.common.gene.decode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What objdump of Debian's binutils package says of a program: the reference of the decoders. */
final class ObjdumpListing {
  static final Path OBJDUMP = Path.of("/usr/bin/objdump");

  /** Why it cannot be asked; empty if it can. */
  static String unavailable() {
    return Files.isExecutable(OBJDUMP) ? "" : OBJDUMP + " is missing: install the package binutils";
  }

  /** One instruction. */
  record Line(long address, int offset, int length, String text) {}

  /** A stretch of code without gaps. */
  static final class Stretch {
    final List<Line> lines = new ArrayList<>();
    private byte[] code = new byte[1 << 12];
    private int size;

    byte[] code() {
      return code;
    }

    int size() {
      return size;
    }

    private long end() {
      return lines.isEmpty() ? -1 : lines.getFirst().address + size;
    }

    private void add(long address, byte[] bytes, String text) {
      if (size + bytes.length > code.length) {
        code = Arrays.copyOf(code, code.length * 2);
      }
      System.arraycopy(bytes, 0, code, size, bytes.length);
      lines.add(new Line(address, size, bytes.length, text));
      size += bytes.length;
    }
  }

  /** Takes stretches. */
  interface Reader {
    void read(Stretch stretch);
  }

  private static final int MAX_STRETCH_BYTES = 1 << 20;
  private static final HexFormat HEX = HexFormat.of();

  private ObjdumpListing() {}

  /** Disassembles the executable sections of a file. */
  static void of(Path file, Reader reader) {
    ProcessBuilder builder =
        new ProcessBuilder(
            OBJDUMP.toString(), "-d", "-w", "-z", "-M", "intel", "--", file.toString());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      try (BufferedReader lines = process.inputReader()) {
        read(lines, reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(BufferedReader lines, Reader reader) throws IOException {
    Stretch stretch = new Stretch();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split("\t", 3);
      if (parts.length < 3 || !parts[0].endsWith(":")) {
        continue;
      }
      long address =
          Long.parseUnsignedLong(parts[0].strip().substring(0, parts[0].strip().length() - 1), 16);
      byte[] bytes = HEX.parseHex(parts[1].replace(" ", ""));
      if (address != stretch.end() || stretch.size > MAX_STRETCH_BYTES) {
        reader.read(stretch);
        stretch = new Stretch();
      }
      stretch.add(address, bytes, parts[2]);
    }
    reader.read(stretch);
  }
}
