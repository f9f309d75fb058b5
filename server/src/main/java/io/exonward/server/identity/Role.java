package io.exonward.server.identity;

import java.util.Locale;

/** What an operator may do; each role includes the ones before it. */
public enum Role {
  /** Looks. */
  VIEWER,
  /** Works on alerts. */
  ANALYST,
  /** Changes hosts, groups, rules, operators and tokens. */
  ADMINISTRATOR;

  /** Whether this role may do what {@code needed} may. */
  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** The lesser of the two. */
  public Role atMost(Role limit) {
    return limit.includes(this) ? this : limit;
  }

  /** Stable name in JSON and in the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * From its stable name.
   *
   * @throws IllegalArgumentException if there is no such role
   */
  public static Role of(String code) {
    for (Role role : values()) {
      if (role.code().equals(code)) {
        return role;
      }
    }
    throw new IllegalArgumentException("a role is viewer, analyst or administrator, not " + code);
  }
}
