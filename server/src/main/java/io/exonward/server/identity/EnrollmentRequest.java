package io.exonward.server.identity;

import org.jspecify.annotations.Nullable;

/** What a machine that wants an identity sends: all of it untrusted. Immutable. */
public final class EnrollmentRequest {
  // agent_service.proto, EnrollRequest
  private static final int MAX_HOSTNAME = 253;
  private static final int MAX_MACHINE_ID = 128;

  private final byte[] secret;
  private final byte[] certificateRequest;
  private final String hostname;
  private final String machineId;

  /**
   * @param secret of the join token
   * @param certificateRequest PKCS #10 in DER
   */
  public EnrollmentRequest(
      byte[] secret, byte[] certificateRequest, String hostname, String machineId) {
    this.secret = secret.clone();
    this.certificateRequest = certificateRequest.clone();
    this.hostname = hostname;
    this.machineId = machineId;
  }

  byte[] secret() {
    return secret.clone();
  }

  byte[] certificateRequest() {
    return certificateRequest.clone();
  }

  String hostname() {
    return hostname;
  }

  String machineId() {
    return machineId;
  }

  /** What is wrong with it; null if nothing. */
  @Nullable String findProblem() {
    if (hostname.isBlank() || hostname.length() > MAX_HOSTNAME || hostname.indexOf('\0') >= 0) {
      return "a hostname has 1 to " + MAX_HOSTNAME + " characters";
    }
    boolean isMachineId =
        !machineId.isBlank() && machineId.length() <= MAX_MACHINE_ID && machineId.indexOf('\0') < 0;
    return isMachineId ? null : "a machine id has 1 to " + MAX_MACHINE_ID + " characters";
  }
}
