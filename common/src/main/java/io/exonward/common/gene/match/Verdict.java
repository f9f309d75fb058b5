package io.exonward.common.gene.match;

import io.exonward.common.gene.Family;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From shares and labeled functions to one word and one sentence. Malicious code outweighs anything
 * else; strings alone never do.
 *
 * @param families that code is related to, the largest share first
 * @param novelPart part of the stream genes that no trusted family has, 0 to 1
 * @param unchanged of the functions that the nearest trusted family has, the part that is exact
 * @param lineagePart of all bytes in functions, the part that the nearest trusted family has
 * @param relatedShare share from which code is related to a family
 */
record Verdict(
    List<FamilyMatch> families,
    Novel novel,
    long streamGenes,
    double novelPart,
    double unchanged,
    double lineagePart,
    double relatedShare) {
  Verdict {
    families = List.copyOf(families);
  }

  /** Classification and reason. */
  record Answer(Classification classification, String reason) {}

  Answer answer() {
    if (streamGenes < Thresholds.MIN_STREAM_GENES) {
      return new Answer(
          Classification.UNKNOWN, "it has too little code to say: %d genes".formatted(streamGenes));
    }
    return foreign(Family.Kind.MALICIOUS)
        .or(() -> foreign(Family.Kind.TOOL))
        .or(this::trusted)
        .orElseGet(this::unknown);
  }

  private Optional<FamilyMatch> nearest(Family.Kind kind) {
    return families.stream().filter(match -> match.family().kind() == kind).findFirst();
  }

  private Optional<Answer> foreign(Family.Kind kind) {
    return nearest(kind)
        .map(match -> {
          String name = kindName(kind) + " family " + name(match);
          if (!hasCode(match)) {
            return new Answer(
                Classification.SUSPICIOUS,
                "only its strings are those of the %s: a weak sign (share %s, code alone %s)"
                    .formatted(name, percent(match.share()), percent(match.shareCodeOnly())));
          }
          Classification classification =
              kind == Family.Kind.MALICIOUS ? Classification.MALICIOUS : Classification.SUSPICIOUS;
          return new Answer(classification, carrier() + code(match, name));
        });
  }

  private boolean hasCode(FamilyMatch match) {
    return match.shareCodeOnly() >= relatedShare || isPart(match);
  }

  /** Whether the functions of a family are evidence enough by themselves. */
  static boolean isPart(FamilyMatch match) {
    return match.functions() >= Thresholds.PART_FUNCTIONS
        && match.evidence() >= Thresholds.PART_EVIDENCE;
  }

  /** The trusted program that the rest of the code is, if it is one. */
  private String carrier() {
    return nearest(Family.Kind.TRUSTED)
        .filter(trusted -> lineagePart >= Thresholds.MOSTLY || isMostlyTrusted())
        .map(trusted -> "it is mostly the trusted " + name(trusted) + ", but ")
        .orElse("it ");
  }

  private boolean isMostlyTrusted() {
    return 1 - novelPart >= Thresholds.MOSTLY;
  }

  private static String code(FamilyMatch match, String name) {
    return "has code of the %s: %s of what trusted code does not explain, %d functions"
        .formatted(name, percent(match.shareCodeOnly()), match.functions());
  }

  private Optional<Answer> trusted() {
    return nearest(Family.Kind.TRUSTED).flatMap(this::trusted);
  }

  private Optional<Answer> trusted(FamilyMatch match) {
    String name = name(match);
    if (lineagePart >= Thresholds.MOSTLY
        && unchanged >= Thresholds.UNCHANGED_FUNCTIONS
        && novel.bytes() >= Thresholds.MIN_FOREIGN_BYTES) {
      return Optional.of(
          new Answer(
              Classification.SUSPICIOUS,
              "it is the trusted %s with a foreign part: %s of its functions are unchanged, but %s"
                  .formatted(name, percent(unchanged), unexplained())));
    }
    if (lineagePart >= Thresholds.MIN_LINEAGE_BYTES
        || (novelPart <= Thresholds.MAX_NOVEL_GENES && match.share() >= Thresholds.STRONG_SHARE)) {
      return Optional.of(
          new Answer(
              Classification.TRUSTED,
              "nearly all of it is code of the trusted %s: %s of its genes are trusted"
                  .formatted(name, percent(1 - novelPart))));
    }
    return Optional.of(
        new Answer(
            Classification.UNKNOWN,
            "it has code of the trusted %s (share %s), but %s"
                .formatted(name, percent(match.share()), unexplained())));
  }

  private String unexplained() {
    return "%d functions with %d bytes are of no trusted family"
        .formatted(novel.functions(), novel.bytes());
  }

  private Answer unknown() {
    String reason =
        nearest(Family.Kind.LIBRARY)
            .map(match ->
                "it has code of the library %s (share %s); no family explains the rest"
                    .formatted(name(match), percent(match.share())))
            .orElse("no family has enough of its code");
    return new Answer(Classification.UNKNOWN, reason);
  }

  private static String kindName(Family.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String name(FamilyMatch match) {
    return match.version().isEmpty()
        ? match.family().name()
        : match.family().name() + " " + match.version();
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * part);
  }
}
