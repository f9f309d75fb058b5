package io.exonward.server.cli.gene;

/**
 * What one package may cost, so that a small file cannot unpack to fill memory or time.
 *
 * @param maxFileBytes of one file in it; larger ones are left out
 * @param maxUnpackedBytes of all files together; the walk through the package ends there
 * @param maxEntries of files and directories
 */
record PackageLimits(int maxFileBytes, long maxUnpackedBytes, int maxEntries) {
  static final PackageLimits DEFAULT = new PackageLimits(128 << 20, 8L << 30, 1_000_000);
}
