package io.exonward.server.cli.client;

import io.exonward.common.tls.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes secrets where the operator wants them. */
public final class SecretOutput {
  private SecretOutput() {}

  /**
   * Creates or replaces the file (0600), and its directory (0700) where that is missing.
   *
   * @throws Failure if it cannot be written
   */
  public static void write(Path file, String text) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null && !Files.exists(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      SecretFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Failure(ExitCode.REFUSED, "cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
