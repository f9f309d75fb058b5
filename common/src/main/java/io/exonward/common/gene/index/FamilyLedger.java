package io.exonward.common.gene.index;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.Sample;
import io.exonward.common.hash.Sha256;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The families of an index while it is written. Not thread-safe. */
final class FamilyLedger {
  private final Map<String, Account> byName = new TreeMap<>();
  private int nextFamily;
  private int nextOrigin;

  FamilyLedger(Manifest manifest) {
    nextFamily = manifest.nextFamily();
    nextOrigin = manifest.nextOrigin();
    for (Manifest.Entry entry : manifest.families()) {
      Account account = new Account(entry.number(), entry.family().kind());
      entry.origins().forEach(origin -> account.origins.put(origin.version(), origin.number()));
      entry.samples().forEach(account::add);
      byName.put(entry.family().name(), account);
    }
  }

  /** Whether the sample was new. */
  boolean add(Family family, Sample sample) {
    Account account = byName.get(family.name());
    if (account == null) {
      account = new Account(nextFamily++, family.kind());
      byName.put(family.name(), account);
    }
    if (account.kind != family.kind()) {
      throw new IllegalArgumentException(
          "family %s is %s, not %s".formatted(family.name(), account.kind, family.kind()));
    }
    if (!account.add(sample)) {
      return false;
    }
    if (!account.origins.containsKey(sample.version())) {
      account.origins.put(sample.version(), nextOrigin++);
    }
    return true;
  }

  int number(String family) {
    return account(family).number;
  }

  int origin(String family, String version) {
    Integer origin = account(family).origins.get(version);
    if (origin == null) {
      throw new IllegalStateException(family + " has no version " + version);
    }
    return origin;
  }

  private Account account(String family) {
    Account account = byName.get(family);
    if (account == null) {
      throw new IllegalStateException("no family " + family);
    }
    return account;
  }

  boolean remove(String family) {
    return byName.remove(family) != null;
  }

  boolean rename(String from, String to) {
    Account account = byName.get(from);
    if (account == null) {
      return false;
    }
    String valid = new Family(to, account.kind).name();
    if (!from.equals(to) && byName.containsKey(to)) {
      throw new IllegalArgumentException("there is a family " + to + " already");
    }
    byName.remove(from);
    byName.put(valid, account);
    return true;
  }

  Origins origins() {
    return new Origins(manifest(0, 0, List.of()));
  }

  Manifest manifest(int definition, SegmentSet segments) {
    return manifest(definition, segments.nextNumber(), segments.files());
  }

  private Manifest manifest(int definition, int nextSegment, List<Manifest.SegmentFile> segments) {
    List<Manifest.Entry> entries = new ArrayList<>();
    byName.forEach((name, account) -> entries.add(account.entry(name)));
    return new Manifest(definition, nextFamily, nextOrigin, nextSegment, entries, segments);
  }

  /** One family. */
  private static final class Account {
    private final int number;
    private final Family.Kind kind;
    private final Map<String, Integer> origins = new LinkedHashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Set<Sha256> hashes = new HashSet<>();

    Account(int number, Family.Kind kind) {
      this.number = number;
      this.kind = kind;
    }

    boolean add(Sample sample) {
      return hashes.add(sample.sha256()) && samples.add(sample);
    }

    Manifest.Entry entry(String name) {
      List<Manifest.Origin> list = new ArrayList<>();
      origins.forEach((version, origin) -> list.add(new Manifest.Origin(origin, version)));
      return new Manifest.Entry(number, new Family(name, kind), list, samples);
    }
  }
}
