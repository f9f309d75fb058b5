package io.exonward.server.identity;

import io.exonward.server.identity.SignInException.Code;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.RefusedException.Kind;
import io.exonward.server.inventory.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operators and their passwords. Thread-safe. */
public final class Operators {
  /** Name of the first administrator. */
  public static final String FIRST = "admin";

  /** Shortest and longest password, in characters. */
  public static final int MIN_PASSWORD = 12;

  public static final int MAX_PASSWORD = 256;
  private static final int FREE_FAILURES = 5;
  private static final int FREE_FAILURES_PER_ADDRESS = 30;

  private final OperatorStore store;
  private final SessionStore sessions;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Clock clock;
  private final SecureRandom random;
  private final Passwords passwords;
  private final Throttle byNameAndAddress;
  private final Throttle byAddress;

  public Operators(
      IdentityStores stores,
      Transactions transactions,
      AuditLog audit,
      Clock clock,
      SecureRandom random) {
    this.store = stores.operators();
    this.sessions = stores.sessions();
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    this.passwords = new Passwords(random);
    this.byNameAndAddress = new Throttle(clock, FREE_FAILURES);
    this.byAddress = new Throttle(clock, FREE_FAILURES_PER_ADDRESS);
  }

  /**
   * Creates the first administrator, with a random password, if there is no operator at all.
   *
   * @param keep told the password, which stands nowhere else, before anything is final; if it
   *     throws there is no administrator
   * @return whether one was created
   */
  public boolean createFirst(Consumer<String> keep) {
    String password = Secret.random(random).text();
    return transactions.call(() -> {
      store.lockAll();
      if (!store.isEmpty()) {
        return false;
      }
      var _ = create(Actor.system("start"), FIRST, Role.ADMINISTRATOR, password);
      keep.accept(password);
      return true;
    });
  }

  /** The enabled administrator whose name comes first. */
  public Optional<Operator> findAdministrator() {
    return store.findAdministrator();
  }

  /**
   * Checks name and password.
   *
   * @throws SignInException WRONG or TOO_MANY_ATTEMPTS, the same for unknown and disabled names as
   *     for a wrong password
   */
  public Operator authenticate(String name, String password, String address) {
    String key = name + " " + address;
    refuseTooMany(key, address);
    Optional<OperatorStore.Stored> found =
        Operator.isName(name) ? store.find(name) : Optional.empty();
    boolean isRight = false;
    if (found.isPresent() && password.length() <= MAX_PASSWORD) {
      isRight = passwords.matches(password, found.get().passwordHash());
    } else {
      passwords.matchNobody("");
    }
    if (!isRight || found.get().operator().disabled()) {
      byNameAndAddress.failed(key);
      byAddress.failed(address);
      throw new SignInException(Code.WRONG, "name or password is wrong");
    }
    byNameAndAddress.succeeded(key);
    return found.get().operator();
  }

  private void refuseTooMany(String key, String address) {
    Duration byKey = byNameAndAddress.delay(key);
    Duration ofAddress = byAddress.delay(address);
    Duration wait = byKey.compareTo(ofAddress) > 0 ? byKey : ofAddress;
    if (!wait.isZero()) {
      throw new SignInException(
          Code.TOO_MANY_ATTEMPTS,
          "too many failed sign-ins; try again in " + (wait.toSeconds() + 1) + " s");
    }
  }

  /** By name. */
  public Page<Operator> list(PageRequest page) {
    return store.list(page);
  }

  public Optional<Operator> find(String name) {
    return store.find(name).map(OperatorStore.Stored::operator);
  }

  /** Creates an operator with a first password. */
  public Operator create(Actor actor, String name, Role role, String password) {
    if (!Operator.isName(name)) {
      throw new RefusedException(
          Kind.NOT_ACCEPTABLE,
          "a name has 1 to 64 of a-z, 0-9, '.', '_' and '-', and starts with a letter or digit");
    }
    requireAcceptable(password);
    Operator operator =
        new Operator(name, role, false, clock.instant().truncatedTo(ChronoUnit.MICROS), null);
    String hash = passwords.hash(password);
    transactions.run(() -> {
      if (!store.insert(operator, hash)) {
        throw new RefusedException(Kind.CONFLICT, "an operator has this name already");
      }
      audit.record(actor, "operator.create", "operator/" + name, Map.of("role", role.code()));
    });
    return operator;
  }

  /**
   * Changes an operator. Disabling, a lesser role and a new password end the operator's sessions.
   *
   * @throws RefusedException CONFLICT if no administrator would be left
   */
  public Operator update(Actor actor, String name, OperatorChange change) {
    String newPassword = change.password();
    if (newPassword != null) {
      requireAcceptable(newPassword);
    }
    String hash = newPassword == null ? null : passwords.hash(newPassword);
    return transactions.call(() -> {
      store.lockAll();
      OperatorStore.Stored before = require(name);
      Operator old = before.operator();
      Operator updated =
          new Operator(
              name,
              change.role() == null ? old.role() : change.role(),
              change.disabled() == null ? old.disabled() : change.disabled(),
              old.createdAt(),
              old.lastSignInAt());
      store.update(new OperatorStore.Stored(updated, hash == null ? before.passwordHash() : hash));
      if (store.countAdministrators() == 0) {
        throw new RefusedException(
            Kind.CONFLICT, "this is the last administrator; make another one first");
      }
      if (hash != null || updated.disabled() || !updated.role().includes(old.role())) {
        sessions.deleteOf(name);
      }
      audit.record(actor, "operator.update", "operator/" + name, describe(change));
      return updated;
    });
  }

  /**
   * Changes the own password and ends all sessions of the operator but {@code kept}.
   *
   * @param kept null: ends all
   */
  public void changePassword(Actor actor, String current, String changed, @Nullable Session kept) {
    requireAcceptable(changed);
    Operator operator =
        authenticate(actor.name(), current, actor.address() == null ? "" : actor.address());
    String hash = passwords.hash(changed);
    transactions.run(() -> {
      store.lockAll();
      Operator present = require(operator.name()).operator();
      store.update(new OperatorStore.Stored(present, hash));
      if (kept == null) {
        sessions.deleteOf(operator.name());
      } else {
        sessions.deleteOthers(operator.name(), kept.idHash());
      }
      audit.record(actor, "session.password", "operator/" + operator.name(), Map.of());
    });
  }

  private OperatorStore.Stored require(String name) {
    return store.find(name).orElseThrow(() -> RefusedException.notFound("operator", name));
  }

  private static void requireAcceptable(String password) {
    if (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD) {
      throw new RefusedException(Kind.NOT_ACCEPTABLE, "a password has 12 to 256 characters");
    }
  }

  private static Map<String, String> describe(OperatorChange change) {
    Map<String, String> detail = new TreeMap<>();
    if (change.role() != null) {
      detail.put("role", change.role().code());
    }
    if (change.disabled() != null) {
      detail.put("disabled", change.disabled().toString());
    }
    if (change.password() != null) {
      detail.put("password", "changed");
    }
    return detail;
  }
}
