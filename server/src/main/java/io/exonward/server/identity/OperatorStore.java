package io.exonward.server.identity;

import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.Optional;

/** Where operators are kept. */
public interface OperatorStore {
  /** An operator with the PHC string of the password. */
  record Stored(Operator operator, String passwordHash) {}

  /** Whether it was inserted; false if the name is taken. */
  boolean insert(Operator operator, String passwordHash);

  Optional<Stored> find(String name);

  /**
   * Locks all operators until the open transaction ends, so that roles are changed one at a time.
   */
  void lockAll();

  /** Writes role, disabled and password hash. */
  void update(Stored stored);

  void recordSignIn(String name, Instant at);

  /** By name. */
  Page<Operator> list(PageRequest page);

  /** Enabled operators with the role of an administrator. */
  int countAdministrators();

  /** The enabled administrator whose name comes first. */
  Optional<Operator> findAdministrator();

  boolean isEmpty();
}
