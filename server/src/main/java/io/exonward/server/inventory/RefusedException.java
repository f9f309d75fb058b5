package io.exonward.server.inventory;

/** The caller asked for something that cannot be: its fault, nothing has changed. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;

  /** The message is for the caller: what is wrong, and what to do. */
  public RefusedException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** There is no such thing. */
  public static RefusedException notFound(String what, Object id) {
    return new RefusedException(Kind.NOT_FOUND, "there is no " + what + " " + id);
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }

  /** Why it cannot be. */
  public enum Kind {
    /** A parameter is not what it should be. */
    MALFORMED,
    /** The thing named does not exist. */
    NOT_FOUND,
    /** It cannot be done in the present state. */
    CONFLICT,
    /** It is understood, but never acceptable. */
    NOT_ACCEPTABLE
  }
}
