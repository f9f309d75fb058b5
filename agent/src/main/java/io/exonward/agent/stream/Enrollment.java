package io.exonward.agent.stream;

import com.google.protobuf.ByteString;
import io.exonward.common.config.HostPort;
import io.exonward.common.enroll.JoinToken;
import io.exonward.common.tls.CertificateRequest;
import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.CredentialException;
import io.exonward.common.tls.Keys;
import io.exonward.v1.EnrollRequest;
import io.exonward.v1.EnrollResponse;
import io.exonward.v1.EnrollmentServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Exchanges a join token for an identity. Stateless. */
public final class Enrollment {
  private static final int TIMEOUT_SECONDS = 30;
  private static final int ID_BYTES = 16;

  private Enrollment() {}

  /** The server said no, or could not be asked; the message tells the operator what to do. */
  public static final class RefusedException extends Exception {
    private final boolean isFinal;

    RefusedException(String message, boolean isFinal, Throwable cause) {
      super(message, cause);
      this.isFinal = isFinal;
    }

    /** Whether trying again with the same token is pointless. */
    public boolean isFinal() {
      return isFinal;
    }
  }

  /** How the host names itself to the server. */
  public record Applicant(String hostname, String machineId) {}

  /**
   * Asks the server at its enrollment address. The key is made here and never leaves.
   *
   * @throws RefusedException if the server cannot be reached, is not the token's, or refuses
   * @throws IOException if TLS cannot be set up
   */
  public static Identity enroll(HostPort server, JoinToken token, Applicant applicant)
      throws RefusedException, IOException {
    KeyPair keys = Keys.generate(new SecureRandom());
    ManagedChannel channel = Channels.open(server, new PinnedAuthority(token.authority()));
    try {
      EnrollResponse response =
          EnrollmentServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .enroll(
                  EnrollRequest.newBuilder()
                      .setSecret(ByteString.copyFrom(token.secret()))
                      .setCertificateRequest(ByteString.copyFrom(CertificateRequest.create(keys)))
                      .setHostname(applicant.hostname())
                      .setMachineId(applicant.machineId())
                      .build());
      return new Identity(
          agentId(response.getAgentId()),
          keys.getPrivate(),
          Certificates.decodeAll(bytes(response.getCertificateChainList())),
          Certificates.decodeAll(bytes(response.getCertificateAuthoritiesList())));
    } catch (StatusRuntimeException e) {
      throw refused(server, e);
    } catch (IllegalArgumentException | CredentialException e) {
      throw new RefusedException("the server's answer is not usable: " + e.getMessage(), true, e);
    } finally {
      channel.shutdownNow();
    }
  }

  static List<byte[]> bytes(List<ByteString> fields) {
    return fields.stream().map(ByteString::toByteArray).toList();
  }

  private static String agentId(ByteString id) {
    if (id.size() != ID_BYTES) {
      throw new IllegalArgumentException("an agent id has 16 bytes, not " + id.size());
    }
    ByteBuffer words = id.asReadOnlyByteBuffer();
    return new UUID(words.getLong(), words.getLong()).toString();
  }

  private static RefusedException refused(HostPort server, StatusRuntimeException e) {
    Status status = e.getStatus();
    String detail = Failure.text(status);
    return switch (status.getCode()) {
      case UNAUTHENTICATED ->
          new RefusedException(
              "refused: " + Failure.said(status).orElse("the join token is not valid"), true, e);
      case ALREADY_EXISTS ->
          new RefusedException(
              "refused: " + Failure.said(status).orElse("this machine has an identity already"),
              true,
              e);
      case RESOURCE_EXHAUSTED ->
          new RefusedException("too many attempts, try again later: " + detail, false, e);
      case UNAVAILABLE, DEADLINE_EXCEEDED ->
          new RefusedException("cannot reach " + server + ": " + detail, false, e);
      default -> new RefusedException("enrollment failed: " + detail, true, e);
    };
  }
}
