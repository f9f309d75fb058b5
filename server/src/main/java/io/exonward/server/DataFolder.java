package io.exonward.server;

import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;

/** What the server keeps in its data directory, besides the database. */
final class DataFolder {
  private final Path folder;

  private DataFolder(Path folder) {
    this.folder = folder;
  }

  /** Creates the folder with mode 0700 where it is missing. */
  static DataFolder open(Path folder) throws IOException {
    create(folder);
    create(folder.resolve("ca"));
    return new DataFolder(folder);
  }

  private static void create(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** The authority's key and root certificate. */
  Path authority() {
    return folder.resolve("ca");
  }

  /** The embedded PostgreSQL. */
  Path database() {
    return folder.resolve("database");
  }

  /** The index of families, which can be made anew. */
  Path geneIndex() {
    return folder.resolve("gene-index");
  }

  /** Writes the root certificate where people and exonctl find it: it is no secret. */
  void writeRoot(X509Certificate root) throws IOException {
    Path fresh = folder.resolve("ca.crt.new");
    Files.writeString(fresh, Certificates.encodePem(List.of(root)));
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(fresh, folder.resolve("ca.crt"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes the first administrator's password, mode 0600. */
  void writeFirstPassword(String password) {
    writeSecret(folder.resolve("first-administrator-password"), password);
  }

  /** Writes a secret and a newline, mode 0600. */
  static void writeSecret(Path file, String secret) {
    try {
      SecretFile.write(file, (secret + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
