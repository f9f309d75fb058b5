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
  private final FileHasher hasher = new FileHasher();

  /** What was found. */
  sealed interface Found {
    /** It is the same content. The descriptor is the taker's to close. */
    record Same(Descriptor file, long sizeBytes) implements Found {}

    record Refused(String why) implements Found {}
  }

  /** Looks where its process sees it, then where the host does. */
  Found open(Place place, Sha256 wanted, long maxBytes) {
    Optional<Descriptor> opened = open("/proc/" + place.pid() + "/root" + place.path());
    if (opened.isEmpty()) {
      opened = open(place.path());
    }
    if (opened.isEmpty()) {
      return new Found.Refused("not here any more");
    }
    Descriptor file = opened.get();
    boolean isGiven = false;
    try {
      FileStatus status = file.status();
      if (status.sizeBytes() > maxBytes) {
        return new Found.Refused("too large");
      }
      if (!hasher.hash(file, status.sizeBytes(), false).sha256().equals(wanted)) {
        return new Found.Refused("changed");
      }
      isGiven = true;
      return new Found.Same(file, status.sizeBytes());
    } catch (NativeException e) {
      return new Found.Refused("not here any more");
    } finally {
      if (!isGiven) {
        file.close();
      }
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
