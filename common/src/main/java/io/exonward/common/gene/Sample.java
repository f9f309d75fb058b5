package io.exonward.common.gene;

import io.exonward.common.hash.Sha256;

/**
 * One code object that belongs to a family.
 *
 * @param version of the family, as its origin writes it; empty if unknown, at most 200 characters
 * @param provenance where it came from, for people: a path, a package file, a host; at most 1000
 *     characters
 */
public record Sample(Sha256 sha256, String version, String provenance) {
  private static final int MAX_VERSION_CHARS = 200;
  private static final int MAX_PROVENANCE_CHARS = 1000;

  public Sample {
    if (version.length() > MAX_VERSION_CHARS) {
      throw new IllegalArgumentException("version is longer than " + MAX_VERSION_CHARS);
    }
    if (provenance.length() > MAX_PROVENANCE_CHARS) {
      throw new IllegalArgumentException("provenance is longer than " + MAX_PROVENANCE_CHARS);
    }
  }
}
