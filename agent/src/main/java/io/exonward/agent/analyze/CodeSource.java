package io.exonward.agent.analyze;

import io.exonward.agent.analyze.KnownCode.Place;
import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileHasher;
import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.LocalFilesystems;
import io.exonward.common.hash.Sha256;
import java.util.Optional;

/** Opens reported code again, if it is still what it was. For one thread. */
final class CodeSource implements AutoCloseable {
  private static final String GONE = "not here any more";

  private final FileHasher hasher = new FileHasher();

  /** What was found. */
  sealed interface Found {
    /** It is the same content. The descriptor is the taker's to close. */
    record Same(Descriptor file, long sizeBytes) implements Found {}

    record Refused(String why) implements Found {}
  }

  /**
   * Looks at the path where the process sees it, then where the host does, and last at what the
   * process runs: it may be deleted, or have been in memory alone.
   */
  Found open(Place place, Sha256 wanted, long maxBytes) {
    String process = "/proc/" + place.pid();
    Found found = new Found.Refused(GONE);
    if (place.path() != null) {
      found = open(process + "/root" + place.path(), wanted, maxBytes);
      if (found.equals(new Found.Refused(GONE))) {
        found = open(place.path(), wanted, maxBytes);
      }
    }
    if (found instanceof Found.Refused && place.isProgram()) {
      Found running = open(process + "/exe", wanted, maxBytes);
      found = running instanceof Found.Same ? running : found; // the process may be another one
    }
    return found;
  }

  private Found open(String path, Sha256 wanted, long maxBytes) {
    Optional<Descriptor> opened = open(path);
    if (opened.isEmpty()) {
      return new Found.Refused(GONE);
    }
    Descriptor file = opened.get();
    Found found = compare(file, wanted, maxBytes);
    if (found instanceof Found.Refused) {
      file.close();
    }
    return found;
  }

  private Found compare(Descriptor file, Sha256 wanted, long maxBytes) {
    try {
      FileStatus status = file.status();
      if (status.sizeBytes() > maxBytes) {
        return new Found.Refused("too large");
      }
      boolean isSame = hasher.hash(file, status.sizeBytes(), false).sha256().equals(wanted);
      return isSame ? new Found.Same(file, status.sizeBytes()) : new Found.Refused("changed");
    } catch (NativeException e) {
      return new Found.Refused(GONE);
    }
  }

  /** Only regular files on local filesystems: others can hang who opens them. */
  private static Optional<Descriptor> open(String path) {
    try (Descriptor named = Descriptor.openPathOnly(path)) {
      boolean isSafe =
          named.status().isRegular() && LocalFilesystems.isLocal(named.filesystemMagic());
      return isSafe ? Optional.of(named.reopenForReading()) : Optional.empty();
    } catch (NativeException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    hasher.close();
  }
}
