package io.exonward.server.identity;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** How an attempt to enroll ends. */
public sealed interface EnrollmentResult {
  /**
   * @param chain leaf first, without the root
   */
  record Enrolled(UUID host, String group, List<X509Certificate> chain)
      implements EnrollmentResult {
    public Enrolled {
      chain = List.copyOf(chain);
    }
  }

  /** The token is unknown, revoked, used up, expired or from outside its range: not told which. */
  record TokenRefused() implements EnrollmentResult {}

  /** This machine has an identity, or is banned, and the token does not permit its replacement. */
  record AlreadyEnrolled() implements EnrollmentResult {}

  /** The request itself is wrong. */
  record Malformed(String reason) implements EnrollmentResult {}

  /** Too many attempts from this address. */
  record TooManyAttempts(Duration retryAfter) implements EnrollmentResult {}
}
