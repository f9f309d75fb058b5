package io.exonward.server.ingest;

import io.exonward.server.identity.EnrollmentRequest;
import io.exonward.server.identity.EnrollmentResult;
import java.net.InetAddress;

/** Gives identities. Thread-safe. */
@FunctionalInterface
public interface Enroller {
  /**
   * Enrolls a machine, or says why not.
   *
   * @param from the other end of the connection
   */
  EnrollmentResult enroll(EnrollmentRequest request, InetAddress from);
}
