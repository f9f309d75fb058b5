package io.exonward.server.identity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who does something.
 *
 * @param name the operator's name, the agent's id, or the part of the server
 * @param address from where, as text; null for the server itself
 */
public record Actor(Kind kind, String name, @Nullable String address) {
  /** What kind of actor. */
  public enum Kind {
    OPERATOR,
    AGENT,
    SYSTEM;

    /** Stable name in JSON and in the database. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Actor operator(String name, @Nullable String address) {
    return new Actor(Kind.OPERATOR, name, address);
  }

  public static Actor agent(String name, @Nullable String address) {
    return new Actor(Kind.AGENT, name, address);
  }

  public static Actor system(String part) {
    return new Actor(Kind.SYSTEM, part, null);
  }
}
