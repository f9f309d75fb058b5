package io.exonward.common.gene.index;

import io.exonward.common.gene.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which family and version each origin stands for. An origin is one version of one family; several
 * builds of it are one origin. Numbers are never used again, so segments may name what was removed.
 * Immutable.
 */
final class Origins {
  private static final int NONE = -1;

  private final int[] familyOf;
  private final List<String> versions;
  private final List<Family> families;

  Origins(Manifest manifest) {
    familyOf = new int[manifest.nextOrigin()];
    Arrays.fill(familyOf, NONE);
    versions = new ArrayList<>();
    for (int i = 0; i < familyOf.length; i++) {
      versions.add("");
    }
    families = manifest.families().stream().map(Manifest.Entry::family).toList();
    for (int i = 0; i < families.size(); i++) {
      for (Manifest.Origin origin : manifest.families().get(i).origins()) {
        familyOf[origin.number()] = i;
        versions.set(origin.number(), origin.version());
      }
    }
  }

  /** Number of families. */
  int families() {
    return families.size();
  }

  /** Place of the family of an origin; -1 if it was removed. */
  int familyOf(int origin) {
    return origin >= 0 && origin < familyOf.length ? familyOf[origin] : NONE;
  }

  /** Of an origin whose family was not removed. */
  FamilyVersion familyVersion(int origin) {
    return new FamilyVersion(families.get(familyOf[origin]), versions.get(origin));
  }

  boolean isTrusted(int origin) {
    int family = familyOf(origin);
    return family != NONE && families.get(family).kind() == Family.Kind.TRUSTED;
  }

  /** Those of removed families left out. */
  int[] alive(int[] origins) {
    for (int origin : origins) {
      if (familyOf(origin) == NONE) {
        return Arrays.stream(origins).filter(each -> familyOf(each) != NONE).toArray();
      }
    }
    return origins;
  }
}
