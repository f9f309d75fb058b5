package io.exonward.agent.sensor;

/** A sensor was tried and refused; the message names the call, its argument and the errno. */
public final class SensorUnavailableException extends Exception {
  public SensorUnavailableException(String message) {
    super(message);
  }

  public SensorUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
