package io.exonward.agent.enrich;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which packages have a file, and with which MD5.
 *
 * <p>Holds 8 bytes for each installed file: a 48-bit hash of its path and the number of the package
 * (at most 65536). What the hash finds is then read in the package's own {@code md5sums}, so that a
 * collision costs one read and decides nothing. Paths are taken without {@code usr/} in front of
 * the directories that distributions merged into it. Immutable.
 */
final class DpkgFiles {
  private static final int PACKAGE_BITS = 16;
  private static final long HASH_MASK = -1L << PACKAGE_BITS;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L; // RFC 9923
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int MD5_LENGTH = 32;
  private static final List<String> MERGED =
      List.of("bin/", "sbin/", "lib/", "lib32/", "lib64/", "libx32/");

  private final Path info;
  private final List<String> owners;
  private final long[] sorted;

  private DpkgFiles(Path info, List<String> owners, long[] sorted) {
    this.info = info;
    this.owners = owners;
    this.sorted = sorted;
  }

  /** A package that has the file; {@code owner} is its name, maybe with an architecture. */
  record Claim(String owner, String md5) {}

  /** Reads all {@code md5sums} below {@code info}. */
  static DpkgFiles read(Path info) throws IOException {
    List<String> owners = new ArrayList<>();
    long[] entries = new long[4096];
    int count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(info, "*.md5sums")) {
      for (Path file : files) {
        if (owners.size() == 1 << PACKAGE_BITS) {
          break;
        }
        long[] hashes = readHashes(file);
        if (count + hashes.length > entries.length) {
          entries = Arrays.copyOf(entries, Math.max(count + hashes.length, entries.length * 2));
        }
        for (long hash : hashes) {
          entries[count++] = (hash & HASH_MASK) | owners.size();
        }
        String name = file.getFileName().toString();
        owners.add(name.substring(0, name.length() - ".md5sums".length()));
      }
    }
    long[] sorted = Arrays.copyOf(entries, count);
    Arrays.sort(sorted);
    return new DpkgFiles(info, List.copyOf(owners), sorted);
  }

  /** Files known. */
  int size() {
    return sorted.length;
  }

  /**
   * Whether a package may have {@code path}, which is absolute: wrong once in 2^48 / size times.
   */
  boolean mayHave(String path) {
    long hash = hash(merge(path.substring(1))) & HASH_MASK;
    int at = Arrays.binarySearch(sorted, hash);
    int first = at < 0 ? -at - 1 : at;
    return first < sorted.length && (sorted[first] & HASH_MASK) == hash;
  }

  /** Packages that have {@code path}, which is absolute, and the digest that each one recorded. */
  List<Claim> find(String path) throws IOException {
    List<Claim> claims = new ArrayList<>();
    long hash = hash(merge(path.substring(1))) & HASH_MASK;
    int at = Arrays.binarySearch(sorted, hash);
    for (int i = at < 0 ? -at - 1 : at; i < sorted.length && (sorted[i] & HASH_MASK) == hash; i++) {
      String owner = owners.get((int) (sorted[i] & ~HASH_MASK));
      findDigest(owner, path).ifPresent(md5 -> claims.add(new Claim(owner, md5)));
    }
    return claims;
  }

  private Optional<String> findDigest(String owner, String path) throws IOException {
    Path file = info.resolve(owner + ".md5sums");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String wanted = merge(path.substring(1));
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.length() > MD5_LENGTH + 2
            && merge(line.substring(MD5_LENGTH + 2)).equals(latin1(wanted))) {
          return Optional.of(line.substring(0, MD5_LENGTH));
        }
      }
    }
    return Optional.empty();
  }

  /** The path's bytes, one a character, as the digest files are read. */
  private static String latin1(String path) {
    return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Lines are a digest, two blanks and a path without its first slash. // man 5 deb-md5sums */
  private static long[] readHashes(Path file) throws IOException {
    long[] hashes = new long[64];
    int count = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      StringBuilder path = new StringBuilder();
      int column = 0;
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c != '\n') {
          if (column++ >= MD5_LENGTH + 2 && path.length() < 4096) {
            path.append((char) c);
          }
          continue;
        }
        if (count == hashes.length) {
          hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = hashLatin1(merge(path.toString()));
        path.setLength(0);
        column = 0;
      }
    }
    return Arrays.copyOf(hashes, count);
  }

  private static String merge(String path) {
    if (path.startsWith("usr/")) {
      String below = path.substring("usr/".length());
      if (MERGED.stream().anyMatch(below::startsWith)) {
        return below;
      }
    }
    return path;
  }

  private static long hash(String path) {
    return hashLatin1(latin1(path));
  }

  private static long hashLatin1(String bytes) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < bytes.length(); i++) {
      hash = (hash ^ bytes.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
