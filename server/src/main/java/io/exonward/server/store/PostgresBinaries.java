package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path into a folder that is named by the archive's
 * content, so that an upgrade gets a folder of its own.
 */
final class PostgresBinaries {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final int OWNER_MAY_EXECUTE = 0100; // man 7 inode, S_IXUSR

  private PostgresBinaries() {}

  /**
   * The folder with {@code bin}, {@code lib} and {@code share}, unpacked if it is not yet there.
   */
  static Path unpack(Path directory) throws IOException {
    String architecture = System.getProperty("os.arch", "");
    if (!architecture.equals("amd64")) {
      throw new DatabaseStartException(
          "no embedded PostgreSQL for " + architecture + ": configure the URL of a database");
    }
    String name = "binaries-" + digest().toString().substring(0, 16);
    Path target = directory.resolve(name);
    if (Files.isDirectory(target)) {
      return target;
    }
    Path fresh = directory.resolve(name + ".new");
    delete(fresh);
    Files.createDirectory(fresh);
    open(fresh, true);
    try (InputStream archive = archive()) {
      unpack(archive, fresh);
    }
    Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    return target;
  }

  /** Unpacks a .tar.xz of folders, files and links that stay inside {@code root}. */
  static void unpack(InputStream archive, Path root) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, root);
      }
    }
  }

  private static InputStream archive() {
    InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE);
    if (archive == null) {
      throw new DatabaseStartException(
          "the embedded PostgreSQL is not on the class path: configure the URL of a database");
    }
    return archive;
  }

  private static Sha256 digest() throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (InputStream archive = new DigestInputStream(archive(), digest)) {
      archive.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.of(digest.digest());
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
      throws IOException {
    Path path = inside(root, root.resolve(entry.getName()), entry);
    Path parent = path.getParent();
    if (parent == null) {
      throw refused(entry);
    }
    createDirectories(root, entry.isDirectory() ? path : parent);
    if (entry.isSymbolicLink()) {
      inside(root, parent.resolve(entry.getLinkName()), entry);
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (isPlainFile(entry)) {
      write(tar, path);
      open(path, (entry.getMode() & OWNER_MAY_EXECUTE) != 0);
    } else if (!entry.isDirectory()) {
      throw refused(entry);
    }
  }

  /** The library's own isFile() is true of devices and pipes as well. */
  private static boolean isPlainFile(TarArchiveEntry entry) {
    byte type = entry.getLinkFlag();
    return !entry.isDirectory()
        && (type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM);
  }

  private static void write(InputStream in, Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      in.transferTo(Channels.newOutputStream(channel));
      // A folder in place must mean that its files are whole, also after a power cut.
      channel.force(false);
    }
  }

  private static Path inside(Path root, Path path, TarArchiveEntry entry) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(root)) {
      throw refused(entry);
    }
    return normal;
  }

  private static IOException refused(TarArchiveEntry entry) {
    return new IOException("the archive of PostgreSQL has a bad entry: " + entry.getName());
  }

  private static void createDirectories(Path root, Path directory) throws IOException {
    Path parent = directory.getParent();
    if (directory.equals(root) || parent == null || Files.isDirectory(directory)) {
      return;
    }
    createDirectories(root, parent);
    Files.createDirectory(directory);
    open(directory, true);
  }

  /** Whatever the umask is: a launch prefix may run the programs as another user. */
  private static void open(Path path, boolean isExecutable) throws IOException {
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(isExecutable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Deletes a tree, following no links. */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
