package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.exonward.common.tls.CertificateRequest;
import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.Keys;
import io.exonward.server.identity.AgentIdentity;
import io.exonward.server.identity.EnrollmentResult;
import io.exonward.v1.EnrollRequest;
import io.exonward.v1.EnrollResponse;
import io.exonward.v1.EnrollmentServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnrollmentPortTest {
  private static final ByteString SECRET = ByteString.copyFrom(new byte[32]);
  private static final byte[] REQUEST =
      CertificateRequest.create(Keys.generate(new SecureRandom()));

  private final TestServer server = new TestServer(Instant.now());
  private final AtomicReference<EnrollmentResult> answer =
      new AtomicReference<>(new EnrollmentResult.TokenRefused());
  private final AtomicReference<InetAddress> asked = new AtomicReference<>();

  @TempDir Path folder;

  private TestDirectory directory;
  private EnrollmentPort port;
  private ManagedChannel channel;

  @BeforeEach
  void open() throws Exception {
    directory = new TestDirectory(folder, server.hosts, server.clock);
    port =
        EnrollmentPort.open(
            new Listener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), directory.serverKeys()),
            (_, from) -> {
              asked.set(from);
              return answer.get();
            },
            directory::authorities,
            server.counters);
    channel = TestAgent.channel(port.port(), null, directory.authorities());
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    port.close();
    server.close();
  }

  @Test
  void enroll_goodToken_givesIdentityAndRoots() {
    UUID id = UUID.randomUUID();
    answer.set(new EnrollmentResult.Enrolled(id, "web", directory.renew(id, REQUEST, "test")));

    EnrollResponse response = enroll(request());

    var leaf = Certificates.decode(response.getCertificateChain(0).toByteArray());
    assertEquals(id, AgentIdentity.fromCertificate(leaf).orElseThrow());
    assertEquals(16, response.getAgentId().size());
    assertEquals("web", response.getGroup());
    assertEquals(
        directory.authorities().getFirst(),
        Certificates.decode(response.getCertificateAuthorities(0).toByteArray()));
    assertTrue(asked.get().isLoopbackAddress());
  }

  @Test
  void enroll_eachRefusal_hasItsStatus() {
    assertEquals(Status.Code.UNAUTHENTICATED, refusal(new EnrollmentResult.TokenRefused()));
    assertEquals(Status.Code.ALREADY_EXISTS, refusal(new EnrollmentResult.AlreadyEnrolled()));
    assertEquals(
        Status.Code.RESOURCE_EXHAUSTED,
        refusal(new EnrollmentResult.TooManyAttempts(Duration.ofSeconds(9))));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal(new EnrollmentResult.Malformed("no key")));
  }

  @Test
  void enroll_fieldsOverTheirLimits_neverReachTheEnroller() {
    assertRefused(request().setSecret(ByteString.copyFrom(new byte[31])), "secret");
    assertRefused(request().setHostname("a".repeat(254)), "hostname");
    assertRefused(request().setHostname(""), "hostname");
    assertRefused(request().setMachineId("a\0b"), "machine_id");
    assertRefused(
        request().setCertificateRequest(ByteString.copyFrom(new byte[5000])),
        "certificate_request");
    assertNull(asked.get());
  }

  @Test
  void enroll_messageOverTheLimit_isNeverRead() {
    var huge = request().setHostname("a".repeat(20_000)).build();

    var refusal = assertThrows(StatusRuntimeException.class, () -> stub().enroll(huge));

    assertFalse(refusal.getStatus().isOk());
    assertNull(asked.get());
  }

  private void assertRefused(EnrollRequest.Builder request, String field) {
    var refusal = assertThrows(StatusRuntimeException.class, () -> enroll(request));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal.getStatus().getCode());
    assertTrue(String.valueOf(refusal.getStatus().getDescription()).contains(field));
  }

  private Status.Code refusal(EnrollmentResult result) {
    answer.set(result);
    return assertThrows(StatusRuntimeException.class, () -> enroll(request()))
        .getStatus()
        .getCode();
  }

  private EnrollResponse enroll(EnrollRequest.Builder request) {
    return stub().enroll(request.build());
  }

  private EnrollmentServiceGrpc.EnrollmentServiceBlockingStub stub() {
    return EnrollmentServiceGrpc.newBlockingStub(channel);
  }

  private static EnrollRequest.Builder request() {
    return EnrollRequest.newBuilder()
        .setSecret(SECRET)
        .setCertificateRequest(ByteString.copyFrom(REQUEST))
        .setHostname("web-1")
        .setMachineId("machine");
  }
}
