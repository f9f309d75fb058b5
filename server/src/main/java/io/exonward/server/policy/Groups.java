package io.exonward.server.policy;

import io.exonward.common.policy.Mode;
import io.exonward.server.inventory.Changes;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.RefusedException.Kind;
import io.exonward.server.inventory.Transactions;
import io.exonward.server.policy.GroupStore.GroupMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Host groups and their modes. Thread-safe. */
public final class Groups {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private final GroupStore store;
  private final Transactions transactions;
  private final Clock clock;
  private final Changes<String> changes = new Changes<>();

  public Groups(GroupStore store, Transactions transactions, Clock clock) {
    this.store = store;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Names of groups whose policy has a new version. */
  public Changes<String> changes() {
    return changes;
  }

  /** By name. */
  public List<HostGroup> list() {
    return store.list();
  }

  public Optional<HostGroup> find(String name) {
    return store.find(name);
  }

  /**
   * One group.
   *
   * @throws RefusedException if there is none of that name
   */
  public HostGroup read(String name) {
    return find(name).orElseThrow(() -> RefusedException.notFound("host group", name));
  }

  /**
   * Adds a group.
   *
   * @param learnFor after this its baseline freezes by itself; null: never
   * @throws RefusedException if the name is taken or no name for a group
   */
  public HostGroup create(String name, Mode mode, @Nullable Duration learnFor) {
    if (!NAME.matcher(name).matches()) {
      throw new RefusedException(
          Kind.NOT_ACCEPTABLE,
          "a group name has 1 to 64 characters of a-z, 0-9 and -, and does not begin with -");
    }
    Instant now = clock.instant();
    return transactions.call(() -> {
      if (!store.insert(name, modeFrom(mode, learnFor, now), now)) {
        throw new RefusedException(Kind.CONFLICT, "there is a host group " + name + " already");
      }
      return read(name);
    });
  }

  /**
   * Changes the mode: monitor freezes the baseline, learn lets it grow again.
   *
   * @param learnFor after this the baseline freezes by itself; null: never
   * @throws RefusedException if there is no such group
   */
  public HostGroup setMode(String name, Mode mode, @Nullable Duration learnFor) {
    return changeMode(name, modeFrom(mode, learnFor, clock.instant()));
  }

  /**
   * Stops learning: what was seen is the baseline, the mode becomes monitor.
   *
   * @throws RefusedException if there is no such group, or its baseline is frozen already
   */
  public HostGroup freeze(String name) {
    return transactions.call(() -> {
      if (read(name).mode() != Mode.LEARN) {
        throw new RefusedException(Kind.CONFLICT, "the baseline of " + name + " is frozen already");
      }
      return setMode(name, Mode.MONITOR, null);
    });
  }

  /** Freezes the groups whose time to learn is over, and names them. */
  public List<String> freezeDue() {
    List<String> due = store.findLearnedBy(clock.instant());
    due.forEach(name -> setMode(name, Mode.MONITOR, null));
    return due;
  }

  /** Raises the group's policy version and tells the listeners; part of each change of a policy. */
  void touch(String name) {
    store.touch(name);
    transactions.afterCommit(() -> changes.publish(name));
  }

  private HostGroup changeMode(String name, GroupMode mode) {
    return transactions.call(() -> {
      read(name);
      touch(name);
      store.setMode(name, mode);
      return read(name);
    });
  }

  private static GroupMode modeFrom(Mode mode, @Nullable Duration learnFor, Instant now) {
    return switch (mode) {
      case MONITOR -> {
        if (learnFor != null) {
          throw new RefusedException(
              Kind.NOT_ACCEPTABLE, "only a group in learn mode has a time to learn");
        }
        yield new GroupMode(mode, null, now);
      }
      case LEARN -> {
        if (learnFor != null && !learnFor.isPositive()) {
          throw new RefusedException(Kind.NOT_ACCEPTABLE, "the time to learn is above 0");
        }
        yield new GroupMode(mode, learnFor == null ? null : now.plus(learnFor), null);
      }
    };
  }
}
