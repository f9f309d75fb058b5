package io.exonward.server.identity;

/** The caller did not prove to be who may do this; nothing has changed. */
public final class SignInException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Code {
    /** Name or password is wrong. */
    WRONG,
    /** The caller's role does not suffice. */
    FORBIDDEN,
    /** Later it may work. */
    TOO_MANY_ATTEMPTS
  }

  private final Code code;

  SignInException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
