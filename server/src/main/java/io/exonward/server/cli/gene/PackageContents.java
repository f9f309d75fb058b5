package io.exonward.server.cli.gene;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Hands the code in the archive of one package to a sink. */
final class PackageContents {
  private final String packageName;
  private final String version;
  private final PackageLimits limits;
  private final CodeSink sink;

  /**
   * @param packageName path of the package file
   * @param version of the package
   */
  PackageContents(String packageName, String version, PackageLimits limits, CodeSink sink) {
    this.packageName = packageName;
    this.version = version;
    this.limits = limits;
    this.sink = sink;
  }

  /**
   * Walks through all of it.
   *
   * @param isFile whether an entry is a regular file with content
   */
  <E extends ArchiveEntry> void read(ArchiveInputStream<E> archive, EntryTest<E> isFile)
      throws IOException {
    int entries = 0;
    for (E entry = next(archive); entry != null; entry = next(archive)) {
      if (++entries > limits.maxEntries()) {
        throw new PackageException("has more than " + limits.maxEntries() + " entries");
      }
      if (isFile.test(entry)) {
        file(packageName + "!" + entry.getName(), archive);
      }
    }
  }

  /**
   * The next entry; null at the end.
   *
   * @throws PackageException also where the archive's reader says of some fields that make no sense
   *     in its own way
   */
  static <E extends ArchiveEntry> @Nullable E next(ArchiveInputStream<E> archive)
      throws IOException {
    try {
      return archive.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new PackageException("has an entry that makes no sense: " + e.getMessage());
    }
  }

  /** Tells regular files from the rest. */
  interface EntryTest<E> {
    boolean test(E entry);
  }

  private void file(String name, InputStream in) throws IOException {
    byte[] start = in.readNBytes(FileSignature.BYTES);
    switch (FileSignature.of(start)) {
      case ELF, ARCHIVE -> code(name, start, in);
      case DEB, RPM, OTHER -> sink.leftOut(name, Omission.NOT_CODE, "");
    }
  }

  private void code(String name, byte[] start, InputStream in) throws IOException {
    byte[] rest = in.readNBytes(limits.maxFileBytes() - start.length);
    if (in.read() >= 0) {
      sink.leftOut(name, Omission.TOO_LARGE, "more than " + limits.maxFileBytes() + " bytes");
      return;
    }
    byte[] content = new byte[start.length + rest.length];
    System.arraycopy(start, 0, content, 0, start.length);
    System.arraycopy(rest, 0, content, start.length, rest.length);
    sink.found(new CodeFile(name, version, content));
  }
}
