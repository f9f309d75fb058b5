package io.exonward.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The tiny C programs of {@code packaging/tester}, compiled, and never-seen variants of them. */
final class Tester {
  private final Path folder;

  /** Programs go to a folder of their own below {@code folder}. */
  Tester(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("tester"));
  }

  /** Compiles the program if it is not yet there. */
  Path compiled(String name) {
    Path program = folder.resolve(name);
    if (!Files.exists(program)) {
      Command.run(List.of("gcc", "-O2", "-o", program.toString(), "tester/" + name + ".c"))
          .orThrow();
    }
    return program;
  }

  /** A copy with random bytes behind its end: the same behavior, content that nobody has seen. */
  Path unseen(String name) throws IOException {
    long variant = ThreadLocalRandom.current().nextLong();
    Path copy = folder.resolve(name + "-" + Long.toHexString(variant));
    Files.copy(compiled(name), copy);
    Files.write(
        copy, ByteBuffer.allocate(Long.BYTES).putLong(variant).array(), StandardOpenOption.APPEND);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    return copy;
  }

  static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Command.Result run(Path program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return Command.run(command).orThrow();
  }
}
