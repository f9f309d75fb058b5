package io.exonward.agent.analyze;

import io.exonward.common.elf.ElfReader;
import io.exonward.common.gene.GeneSetCodec;
import io.exonward.common.gene.extract.Extraction;
import io.exonward.common.gene.extract.GeneExtractor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has to happen while files may still be opened: loads the classes of the extraction, and
 * extracts the genes of the smallest program that has all kinds of them, which loads what those
 * classes need of others.
 */
final class Rehearsal {
  private static final int HEADER_BYTES = 64;
  private static final int PROGRAM_HEADER_BYTES = 56;
  private static final int CODE = HEADER_BYTES + PROGRAM_HEADER_BYTES;
  private static final int CODE_BYTES = 128;
  private static final long ADDRESS = 0x400000;

  private static final String SUFFIX = ".class";

  private Rehearsal() {}

  /** Throws if a class of the extraction cannot be loaded. */
  static void perform(GeneExtractor extractor) throws IOException {
    loadClasses(packagesOf(ElfReader.class, "io/exonward/common"));
    if (extractor.extract(file()) instanceof Extraction.Extracted rehearsed) {
      GeneSetCodec.encode(rehearsed.genes());
    } else {
      throw new IOException("the rehearsal's program has no genes");
    }
  }

  private static Path packagesOf(Class<?> one, String name) throws IOException {
    try {
      Path source = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(source)) {
        return source.resolve(name);
      }
      FileSystem archive = FileSystems.newFileSystem(source); // stays open: it ends with us
      return archive.getPath(name);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void loadClasses(Path packages) throws IOException {
    Path root = packages.resolve("../../..").normalize();
    for (String part : List.of("elf", "gene")) {
      try (Stream<Path> files = Files.walk(packages.resolve(part))) {
        for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
          String name = root.relativize(file).toString().replace('/', '.');
          load(name.substring(0, name.length() - SUFFIX.length()));
        }
      }
    }
  }

  private static void load(String name) throws IOException {
    try {
      Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }

  /** An ELF file for x86-64 with one executable segment. */
  private static byte[] file() {
    ByteBuffer file = ByteBuffer.allocate(CODE + CODE_BYTES + 8).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x464c457f).put((byte) 2).put((byte) 1).put((byte) 1);
    file.position(16);
    file.putShort((short) 2).putShort((short) 62).putInt(1);
    file.putLong(ADDRESS + CODE).putLong(HEADER_BYTES).putLong(0).putInt(0);
    file.putShort((short) HEADER_BYTES).putShort((short) PROGRAM_HEADER_BYTES);
    file.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    file.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
    file.putLong(file.capacity()).putLong(file.capacity()).putLong(4096);
    for (int i = 0; i < 8; i++) {
      file.put((byte) 0xb8).putInt(0x1234 + i); // mov eax, number
      file.put((byte) 0x8b).put((byte) 0x47).put((byte) (8 + i)); // mov eax, [rdi + number]
      file.put((byte) 0xe8).putInt(-13); // call its own start
      file.put((byte) 0x90).put((byte) 0xc3); // nop, ret
    }
    return file.array();
  }
}
