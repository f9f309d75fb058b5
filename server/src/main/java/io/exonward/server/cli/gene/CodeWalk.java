package io.exonward.server.cli.gene;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Looks for code in files, directories and packages. Symbolic links in directories are not
 * followed, and what is no regular file is never opened: reading a pipe could wait forever.
 *
 * <p>Not handled: packages in packages.
 */
public final class CodeWalk {
  private final PackageLimits limits;
  private final CodeSink sink;

  public CodeWalk(CodeSink sink) {
    this(PackageLimits.DEFAULT, sink);
  }

  CodeWalk(PackageLimits limits, CodeSink sink) {
    this.limits = limits;
    this.sink = sink;
  }

  /** Hands all code at a path to the sink. A path that the operator named may be a link. */
  public void walk(Path named) {
    try {
      if (Files.isDirectory(named)) {
        Files.walkFileTree(named, new Visitor());
      } else {
        file(named, Files.isRegularFile(named));
      }
    } catch (IOException e) {
      sink.leftOut(named.toString(), Omission.UNREADABLE, reason(e));
    }
  }

  private void file(Path path, boolean isRegular) {
    String name = path.toString();
    if (!isRegular && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      sink.leftOut(name, Omission.NOT_CODE, "no regular file");
      return;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      in.mark(FileSignature.BYTES);
      byte[] start = in.readNBytes(FileSignature.BYTES);
      in.reset();
      switch (FileSignature.of(start)) {
        case ELF, ARCHIVE -> code(path, in);
        case DEB -> new DebPackage(name, limits, sink).read(in);
        case RPM -> new RpmPackage(name, limits, sink).read(in);
        case OTHER -> sink.leftOut(name, Omission.NOT_CODE, "");
      }
    } catch (PackageException e) {
      sink.leftOut(name, Omission.MALFORMED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      sink.leftOut(name, Omission.UNREADABLE, reason(e));
    }
  }

  private void code(Path path, InputStream in) throws IOException {
    byte[] content = in.readNBytes(limits.maxFileBytes());
    if (in.read() >= 0) {
      sink.leftOut(
          path.toString(), Omission.TOO_LARGE, "more than " + limits.maxFileBytes() + " bytes");
    } else {
      sink.found(new CodeFile(path.toString(), "", content));
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        file(path, true);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      sink.leftOut(path.toString(), Omission.UNREADABLE, reason(e));
      return FileVisitResult.CONTINUE;
    }
  }
}
