package io.exonward.server.gene;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.Sample;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.RefusedException.Kind;
import io.exonward.server.inventory.Transactions;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Families of code and who may change them: operators, and the fleet where three hosts agree on a
 * package. Every change of an operator has all known code compared again. Thread-safe.
 */
public final class Families {
  /** Who made what hosts agreed on. */
  public static final String FLEET = "fleet";

  /** They stand in paths of URLs. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 .:+@~_-]{0,199}");

  private static final String PACKAGE_PREFIX = "pkg:";

  private final FamilyStore store;
  private final GeneSets geneSets;
  private final Transactions transactions;
  private final Clock clock;
  private final GeneSignal signal;

  public Families(
      FamilyStore store,
      GeneSets geneSets,
      Transactions transactions,
      Clock clock,
      GeneSignal signal) {
    this.store = store;
    this.geneSets = geneSets;
    this.transactions = transactions;
    this.clock = clock;
    this.signal = signal;
  }

  /** By name; null for any. */
  public Page<StoredFamily> list(
      Family.@Nullable Kind kind, @Nullable String text, PageRequest page) {
    return store.list(kind, text, page);
  }

  /**
   * One family.
   *
   * @throws RefusedException if there is none of that name
   */
  public StoredFamily read(String name) {
    return store.find(name).orElseThrow(() -> RefusedException.notFound("family", name));
  }

  /** Newest first. */
  public Page<StoredSample> listSamples(String family, PageRequest page) {
    return store.listSamples(read(family).family().name(), page);
  }

  /**
   * Adds a family without samples.
   *
   * @throws RefusedException if there is one of that name, or the name cannot be
   */
  public StoredFamily create(String name, Family.Kind kind, String operator) {
    requireName(name);
    return transactions.call(() -> {
      if (!store.add(new Family(name, kind), operator, clock.instant())) {
        throw new RefusedException(Kind.CONFLICT, "there is a family " + name + " already");
      }
      return read(name);
    });
  }

  /** Removes a family with its samples. */
  public void remove(String name) {
    transactions.run(() -> {
      if (!store.remove(name)) {
        throw RefusedException.notFound("family", name);
      }
      changed();
    });
  }

  /**
   * Gives a family another name or kind; null for the same.
   *
   * @throws RefusedException if there is none of that name, or one of the new name
   */
  public StoredFamily change(String name, @Nullable String newName, Family.@Nullable Kind newKind) {
    if (newName != null) {
      requireName(newName);
    }
    return transactions.call(() -> {
      Family before = read(name).family();
      Family after =
          new Family(
              newName == null ? before.name() : newName, newKind == null ? before.kind() : newKind);
      if (!store.change(name, after)) {
        throw new RefusedException(Kind.CONFLICT, "there is a family " + newName + " already");
      }
      changed();
      return read(after.name());
    });
  }

  /** Adds a sample that an operator vouches for. */
  public StoredSample addSample(String family, Sample sample, GeneSet genes, String operator) {
    return transactions.call(() -> {
      var _ = read(family);
      geneSets.putVerified(sample.sha256(), genes);
      store.addSample(family, sample, operator, clock.instant());
      changed();
      return store.findSample(family, sample.sha256()).orElseThrow();
    });
  }

  /** Removes one sample. */
  public void removeSample(String family, Sha256 sha256) {
    transactions.run(() -> {
      if (!store.removeSample(read(family).family().name(), sha256)) {
        throw RefusedException.notFound("sample", sha256);
      }
      changed();
    });
  }

  /**
   * Adds code to the trusted family of its package: three hosts agree on its genes and its package.
   * Part of the surrounding transaction. What operators made of such a family is left alone, and
   * known code is compared again a while later: the first days of a fleet bring thousands.
   */
  void addOfPackage(Sha256 sha256, PackageRef owner) {
    String name = PACKAGE_PREFIX + owner.name();
    if (!NAME.matcher(name).matches() || owner.version().length() > 200) {
      return;
    }
    var _ = store.add(new Family(name, Family.Kind.TRUSTED), FLEET, clock.instant());
    StoredFamily family = read(name);
    if (family.family().kind() == Family.Kind.TRUSTED && family.createdBy().equals(FLEET)) {
      String provenance =
          "%s package %s %s, as three hosts report alike"
              .formatted(owner.manager(), owner.name(), owner.version());
      store.addSample(
          name, new Sample(sha256, owner.version(), provenance), FLEET, clock.instant());
      store.countChange();
      transactions.afterCommit(signal::raise);
    }
  }

  private void changed() {
    store.countChange();
    store.hunt();
    transactions.afterCommit(signal::raise);
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new RefusedException(
          Kind.NOT_ACCEPTABLE,
          "a family's name has 1 to 200 letters, digits, spaces and . : + @ ~ _ -");
    }
  }
}
