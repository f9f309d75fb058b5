package io.exonward.agent.enrich;

import io.exonward.common.policy.PackageRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's own package database, read without dpkg: a claim, because root can change it.
 *
 * <p>A file belongs to a package only if its content has the digest that the package recorded. The
 * database is read again when it changed, at most every two seconds, so that programs that a
 * running transaction has just unpacked are known. Files without a recorded digest (some
 * configuration, a few old packages) have no owner here. Not thread-safe but for {@link #mayOwn}.
 */
public final class DpkgDatabase {
  private static final Logger log = LoggerFactory.getLogger(DpkgDatabase.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final int MAX_CACHED = 2048;
  private static final int MAX_DIVERSIONS = 10_000;

  private final Path root;
  private final InstantSource clock;
  private final Map<String, Optional<PackageRef>> owners =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<PackageRef>> eldest) {
          return size() > MAX_CACHED;
        }
      };

  private volatile @Nullable Snapshot snapshot;
  private volatile boolean isOutdated = true;
  private volatile long lookedMillis;
  private Instant lookAt = Instant.MIN;
  private long generation;

  /**
   * @param root normally /var/lib/dpkg
   */
  public DpkgDatabase(Path root, InstantSource clock) {
    this.root = root;
    this.clock = clock;
  }

  private record Version(@Nullable FileTime status, @Nullable FileTime info) {}

  private record Snapshot(
      Version version,
      Map<String, PackageRef> packages,
      DpkgFiles files,
      Map<String, String> divertedFrom) {}

  /**
   * The package that has this file with this content.
   *
   * @param path absolute
   * @param md5 32 lower-case hexadecimal digits
   */
  public Optional<PackageRef> findOwner(String path, String md5) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    String key = md5 + path;
    Optional<PackageRef> known = owners.get(key);
    if (known != null && (known.isPresent() || !refresh())) {
      return known;
    }
    Optional<PackageRef> owner = lookUp(path, md5);
    if (owner.isEmpty() && refresh()) {
      owner = lookUp(path, md5);
    }
    owners.put(key, owner);
    return owner;
  }

  /**
   * Whether a package may have a file at this path, so that {@link #findOwner} will ask for its
   * MD5: yes to any while the database has changed and was not read again. Thread-safe.
   *
   * @param path absolute
   */
  public boolean mayOwn(String path) {
    Snapshot now = snapshot;
    long millis = clock.millis();
    if (!isOutdated && millis - lookedMillis > LOOK_EVERY.toMillis()) {
      lookedMillis = millis;
      isOutdated = now != null && !now.version.equals(readVersion());
    }
    if (now == null || isOutdated) {
      return Files.exists(root.resolve("status"));
    }
    return path.startsWith("/") && (now.files.mayHave(path) || now.divertedFrom.containsKey(path));
  }

  private Version readVersion() {
    return new Version(modified("status"), modified("info"));
  }

  /** All installed packages; empty where there is no dpkg. */
  public List<PackageRef> packages() {
    refresh();
    Snapshot now = snapshot;
    return now == null ? List.of() : List.copyOf(now.packages.values());
  }

  /** Rises whenever the database was read anew; 0 if there is none. */
  public long generation() {
    refresh();
    return generation;
  }

  /** Reads the database if it changed; whether it did. */
  private boolean refresh() {
    Instant now = clock.instant();
    if (now.isBefore(lookAt)) {
      return false;
    }
    lookAt = now.plus(LOOK_EVERY);
    Version version = readVersion();
    Snapshot before = snapshot;
    if (version.status == null || (before != null && before.version.equals(version))) {
      return false;
    }
    try {
      snapshot =
          new Snapshot(
              version,
              DpkgStatus.read(root),
              DpkgFiles.read(root.resolve("info")),
              readDiversions());
      isOutdated = false;
      lookedMillis = clock.millis();
      owners.clear();
      generation++;
      return true;
    } catch (IOException | RuntimeException e) {
      log.atWarn().addKeyValue("error", e).log("package database not read");
      return false;
    }
  }

  private @Nullable FileTime modified(String name) {
    try {
      return Files.getLastModifiedTime(root.resolve(name));
    } catch (IOException _) {
      return null;
    }
  }

  private Optional<PackageRef> lookUp(String path, String md5) {
    Snapshot now = snapshot;
    if (now == null) {
      return Optional.empty();
    }
    try {
      List<DpkgFiles.Claim> claims = new ArrayList<>(now.files.find(path));
      String original = now.divertedFrom.get(path);
      if (original != null) {
        claims.addAll(now.files.find(original));
      }
      for (DpkgFiles.Claim claim : claims) {
        PackageRef owner = findPackage(now, claim.owner());
        if (owner != null && claim.md5().equals(md5)) {
          return Optional.of(owner);
        }
      }
    } catch (IOException e) {
      log.atDebug().addKeyValue("error", e).log("package database changed while it was read");
    }
    return Optional.empty();
  }

  private static @Nullable PackageRef findPackage(Snapshot now, String owner) {
    if (owner.indexOf(':') >= 0) {
      return now.packages.get(owner);
    }
    for (PackageRef ref : now.packages.values()) {
      if (ref.name().equals(owner)) {
        return ref;
      }
    }
    return null;
  }

  /** Where a diverted file really lies, and what its package calls it. // man 1 dpkg-divert */
  private Map<String, String> readDiversions() throws IOException {
    Path file = root.resolve("diversions");
    Map<String, String> divertedFrom = new LinkedHashMap<>();
    if (Files.isRegularFile(file)) {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      for (int i = 0; i + 2 < lines.size() && i < 3 * MAX_DIVERSIONS; i += 3) {
        divertedFrom.put(lines.get(i + 1), lines.get(i));
      }
    }
    return divertedFrom;
  }
}
