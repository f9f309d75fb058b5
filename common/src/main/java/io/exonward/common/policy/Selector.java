package io.exonward.common.policy;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a rule is about: all conditions that are present must hold.
 *
 * @param sha256 content; null for any
 * @param packageName owning package; null for any
 * @param path an absolute path, or a directory and all below it when it ends with '/'; null for any
 * @param memory code without a file that the rule speaks of (MEMFD or DELETED); null: an allow rule
 *     covers code in files only, a deny rule covers all
 */
public record Selector(
    @Nullable Sha256 sha256,
    @Nullable String packageName,
    @Nullable String path,
    @Nullable CodeOrigin memory) {
  /** Longest path and package name, in characters. */
  public static final int MAX_PATH = 4096;

  public static final int MAX_PACKAGE = 256;

  public Selector {
    if (Stream.of(sha256, packageName, path).allMatch(Objects::isNull)) {
      throw new IllegalArgumentException("a rule needs a sha256, a package or a path");
    }
    if (packageName != null && (packageName.isBlank() || packageName.length() > MAX_PACKAGE)) {
      throw new IllegalArgumentException("a package name has 1 to 256 characters");
    }
    if (path != null && (!path.startsWith("/") || path.length() > MAX_PATH)) {
      throw new IllegalArgumentException(
          "a path is absolute and has at most 4096 characters: " + path);
    }
    if ("/".equals(path)) {
      throw new IllegalArgumentException("the path / would cover everything");
    }
    if (memory != null && memory.isFile()) {
      throw new IllegalArgumentException("memory names code without a file: memfd or deleted");
    }
  }

  /** A rule about one content in a file. */
  public static Selector ofSha256(Sha256 sha256) {
    return new Selector(sha256, null, null, null);
  }
}
