package io.exonward.agent.stream;

import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a failed call says. */
final class Failure {
  /** gRPC's own trailer for "not before". // gRFC A6 */
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private static final long MAX_PUSHBACK_MILLIS = 3_600_000;
  private static final int MAX_TEXT = 300;

  private Failure() {}

  /** The code, and the innermost cause, which is where TLS and sockets say what is wrong. */
  static String text(Status status) {
    StringBuilder text = new StringBuilder(status.getCode().name());
    if (status.getDescription() != null) {
      text.append(": ").append(status.getDescription());
    }
    Throwable cause = status.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause != null && cause.getMessage() != null) {
      text.append(": ").append(cause.getMessage());
    }
    return line(text.toString());
  }

  /** Only what the other side said, where it said something. */
  static Optional<String> said(Status status) {
    return Optional.ofNullable(status.getDescription()).map(Failure::line);
  }

  private static String line(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.substring(0, Math.min(line.length(), MAX_TEXT));
  }

  /** How long the server asks to wait; empty if it does not say. */
  static Optional<Duration> retryAfter(@Nullable Metadata trailers) {
    String millis = trailers == null ? null : trailers.get(PUSHBACK);
    try {
      return millis == null
          ? Optional.empty()
          : Optional.of(
              Duration.ofMillis(Math.clamp(Long.parseLong(millis), 0, MAX_PUSHBACK_MILLIS)));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
