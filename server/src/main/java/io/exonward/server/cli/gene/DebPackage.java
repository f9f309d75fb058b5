package io.exonward.server.cli.gene;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Debian binary packages, format 2.0: an ar archive of two tar archives ({@code man 5 deb}). */
final class DebPackage {
  private static final int MAX_CONTROL_BYTES = 1 << 20;

  private final String name;
  private final PackageLimits limits;
  private final CodeSink sink;
  private String version = "";

  DebPackage(String name, PackageLimits limits, CodeSink sink) {
    this.name = name;
    this.limits = limits;
    this.sink = sink;
  }

  void read(InputStream in) throws IOException {
    boolean hasData = false;
    ArArchiveInputStream ar = new ArArchiveInputStream(in);
    for (ArArchiveEntry member = PackageContents.next(ar);
        member != null;
        member = PackageContents.next(ar)) {
      if (member.getName().startsWith("control.tar")) {
        control(tar(ar));
      } else if (member.getName().startsWith("data.tar")) {
        new PackageContents(name, version, limits, sink).read(tar(ar), TarArchiveEntry::isFile);
        hasData = true;
      }
    }
    if (!hasData) {
      throw new PackageException("has no data.tar");
    }
  }

  private TarArchiveInputStream tar(InputStream member) throws IOException {
    return new TarArchiveInputStream(
        new LimitedStream(Decompression.of(member), limits.maxUnpackedBytes()), UTF_8.name());
  }

  private void control(TarArchiveInputStream tar) throws IOException {
    for (TarArchiveEntry entry = PackageContents.next(tar);
        entry != null;
        entry = PackageContents.next(tar)) {
      if (entry.getName().equals("./control") || entry.getName().equals("control")) {
        new String(tar.readNBytes(MAX_CONTROL_BYTES), UTF_8)
            .lines()
            .filter(line -> line.startsWith("Version:"))
            .findFirst()
            .ifPresent(line -> version = line.substring("Version:".length()).strip());
      }
    }
  }
}
