package io.exonward.server.ingest;

import com.google.protobuf.ByteString;
import io.exonward.common.wire.Limits;
import io.exonward.common.wire.WireException;
import io.exonward.server.identity.EnrollmentRequest;
import io.exonward.server.identity.EnrollmentResult;
import io.exonward.v1.EnrollRequest;
import io.exonward.v1.EnrollResponse;
import io.exonward.v1.EnrollmentServiceGrpc.EnrollmentServiceImplBase;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Exchanges join tokens for identities. Thread-safe. */
final class EnrollmentService extends EnrollmentServiceImplBase {
  /** Attempts that are worked on at once; more are told to come back. */
  private static final int AT_ONCE = 16;

  // agent_service.proto, EnrollRequest
  private static final int SECRET_BYTES = 32;
  private static final int REQUEST_BYTES = 4096;
  private static final int HOSTNAME_BYTES = 253;
  private static final int MACHINE_ID_BYTES = 128;

  private final Enroller enroller;
  private final Supplier<List<X509Certificate>> authorities;
  private final Semaphore attempts = new Semaphore(AT_ONCE);

  EnrollmentService(Enroller enroller, Supplier<List<X509Certificate>> authorities) {
    this.enroller = enroller;
    this.authorities = authorities;
  }

  @Override
  public void enroll(EnrollRequest request, StreamObserver<EnrollResponse> answer) {
    if (!attempts.tryAcquire()) {
      throw exhausted("too many attempts at once: retry in a moment");
    }
    EnrollmentResult result;
    try {
      result = enroller.enroll(read(request), PeerAddress.current());
    } finally {
      attempts.release();
    }
    answer.onNext(respond(result));
    answer.onCompleted();
  }

  private static EnrollmentRequest read(EnrollRequest request) {
    require("enroll.secret", request.getSecret().size() == SECRET_BYTES, "32 bytes");
    require(
        "enroll.certificate_request",
        request.getCertificateRequest().size() <= REQUEST_BYTES,
        "at most 4096 bytes");
    text("enroll.hostname", request.getHostname(), HOSTNAME_BYTES);
    text("enroll.machine_id", request.getMachineId(), MACHINE_ID_BYTES);
    return new EnrollmentRequest(
        request.getSecret().toByteArray(),
        request.getCertificateRequest().toByteArray(),
        request.getHostname(),
        request.getMachineId());
  }

  private static void text(String field, String value, int maxBytes) {
    boolean isGood =
        !value.isBlank() && Limits.utf8Length(value) <= maxBytes && value.indexOf('\0') < 0;
    require(field, isGood, "1 to " + maxBytes + " bytes without NUL");
  }

  private static void require(String field, boolean isGood, String wanted) {
    if (!isGood) {
      throw new WireException(field + ": must be " + wanted);
    }
  }

  private EnrollResponse respond(EnrollmentResult result) {
    return switch (result) {
      case EnrollmentResult.Enrolled(var host, var group, var chain) ->
          EnrollResponse.newBuilder()
              .setAgentId(bytes(host))
              .addAllCertificateChain(AgentService.ders(chain))
              .addAllCertificateAuthorities(AgentService.ders(authorities.get()))
              .setGroup(group)
              .build();
      case EnrollmentResult.TokenRefused _ ->
          throw new ProtocolException(
              Status.UNAUTHENTICATED.withDescription(
                  "the join token is not good here and now: ask for a new one"));
      case EnrollmentResult.AlreadyEnrolled _ ->
          throw new ProtocolException(
              Status.ALREADY_EXISTS.withDescription(
                  "this machine has an identity: enroll with a token that permits replacement"));
      case EnrollmentResult.Malformed(var reason) -> throw new WireException(reason);
      case EnrollmentResult.TooManyAttempts(var retryAfter) ->
          throw exhausted("too many attempts: retry in " + retryAfter.toSeconds() + " s");
    };
  }

  private static ProtocolException exhausted(String description) {
    return new ProtocolException(Status.RESOURCE_EXHAUSTED.withDescription(description));
  }

  private static ByteString bytes(UUID id) {
    ByteBuffer words =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .flip();
    return ByteString.copyFrom(words);
  }
}
