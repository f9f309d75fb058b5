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

  /** Where its programs lie. */
  Path folder() {
    return folder;
  }

  /** Compiles the program if it is not yet there. */
  Path compiled(String name) {
    return compiled(name, name);
  }

  /** The same under another name, with options for the compiler. */
  Path compiled(String name, String output, String... options) {
    Path program = folder.resolve(output);
    if (!Files.exists(program)) {
      List<String> command = new ArrayList<>(List.of("gcc", "-O2"));
      command.addAll(List.of(options));
      command.addAll(List.of("-o", program.toString(), "tester/" + name + ".c"));
      Command.run(command).orThrow();
    }
    return program;
  }

  /** A copy with random bytes behind its end: the same behavior, content that nobody has seen. */
  Path unseen(String name) throws IOException {
    return variant(compiled(name));
  }

  /** The same of any ELF program. */
  Path variant(Path program) throws IOException {
    long variant = ThreadLocalRandom.current().nextLong();
    Path copy = folder.resolve(program.getFileName() + "-" + Long.toHexString(variant));
    Files.copy(program, copy);
    Files.write(
        copy, ByteBuffer.allocate(Long.BYTES).putLong(variant).array(), StandardOpenOption.APPEND);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    return copy;
  }

  /** An executable text that nobody has seen. */
  Path script(String text) throws IOException {
    String variant = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path script = folder.resolve("script-" + variant);
    Files.writeString(script, text + "# " + variant + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
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
