package io.exonward.server.inventory;

/** The database is away or overloaded: nobody's fault, nothing has changed, try again later. */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
