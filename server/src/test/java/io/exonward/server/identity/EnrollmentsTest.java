package io.exonward.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.tls.CertificateRequest;
import io.exonward.common.tls.Keys;
import io.exonward.server.identity.EnrollmentResult.AlreadyEnrolled;
import io.exonward.server.identity.EnrollmentResult.Enrolled;
import io.exonward.server.identity.EnrollmentResult.Malformed;
import io.exonward.server.identity.EnrollmentResult.TokenRefused;
import io.exonward.server.identity.EnrollmentResult.TooManyAttempts;
import io.exonward.server.inventory.HostState;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrollmentsTest {
  private static final Actor ADMIN = Actor.operator("admin", "192.0.2.1");
  private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.7");

  @TempDir private Path folder;
  private IdentityFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new IdentityFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private JoinTokens.Created token(int uses, @Nullable String range, boolean replace) {
    AddressRange from = range == null ? null : AddressRange.parse(range);
    return fixture.joinTokens.create(
        ADMIN, new JoinTokens.Wish("default", uses, Duration.ofHours(1), from, replace));
  }

  private EnrollmentResult enroll(JoinTokens.Created token, String machineId) {
    return fixture.enrollments.enroll(request(token.secret().secret(), machineId), HERE);
  }

  private static EnrollmentRequest request(byte[] secret, String machineId) {
    byte[] csr = CertificateRequest.create(Keys.generate(new SecureRandom()));
    return new EnrollmentRequest(secret, csr, "host-" + machineId, machineId);
  }

  @Test
  void enroll_goodToken_givesAnIdentityThatIsAccepted() {
    Enrolled enrolled = assertInstanceOf(Enrolled.class, enroll(token(1, null, false), "m1"));

    var host = fixture.certificates.findHost(enrolled.chain().getFirst()).orElseThrow();
    assertEquals(enrolled.host(), host.id());
    assertEquals("default", host.group());
    assertEquals("m1", host.machineId());
    assertTrue(fixture.audit.verify().isIntact());
  }

  @Test
  void enroll_tokenUsedUpRevokedExpiredOrUnknown_isRefused() {
    JoinTokens.Created used = token(1, null, false);
    var _ = assertInstanceOf(Enrolled.class, enroll(used, "m1"));
    JoinTokens.Created revoked = token(1, null, false);
    fixture.joinTokens.revoke(ADMIN, revoked.token().id());
    JoinTokens.Created expired = token(1, null, false);

    assertInstanceOf(TokenRefused.class, enroll(used, "m2"));
    assertInstanceOf(TokenRefused.class, enroll(revoked, "m2"));
    assertInstanceOf(
        TokenRefused.class, fixture.enrollments.enroll(request(new byte[32], "m2"), HERE));
    fixture.clock.advance(Duration.ofHours(1));
    assertInstanceOf(TokenRefused.class, enroll(expired, "m2"));
  }

  @Test
  void enroll_outsideTheRange_isRefused() {
    assertInstanceOf(TokenRefused.class, enroll(token(1, "198.51.100.0/24", false), "m1"));
    assertInstanceOf(TokenRefused.class, enroll(token(1, "::/0", false), "m1"));
    assertInstanceOf(Enrolled.class, enroll(token(1, "192.0.2.0/24", false), "m1"));
  }

  @Test
  void enroll_byManyAtOnce_usesNoMoreThanTheTokenHas() throws Exception {
    JoinTokens.Created token = token(3, null, false);
    List<Callable<EnrollmentResult>> attempts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String machineId = "m" + i;
      attempts.add(() -> enroll(token, machineId));
    }

    int enrolled = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<EnrollmentResult> result : threads.invokeAll(attempts)) {
        enrolled += result.get() instanceof Enrolled ? 1 : 0;
      }
    }

    assertEquals(3, enrolled);
  }

  @Test
  void enroll_knownMachine_needsATokenThatReplaces() {
    Enrolled first = assertInstanceOf(Enrolled.class, enroll(token(1, null, false), "m1"));
    List<UUID> replaced = new ArrayList<>();
    fixture.enrollments.replacements().listen(replaced::add);

    assertInstanceOf(AlreadyEnrolled.class, enroll(token(1, null, false), "m1"));
    Enrolled second = assertInstanceOf(Enrolled.class, enroll(token(1, null, true), "m1"));

    assertEquals(first.host(), second.host());
    assertEquals(List.of(first.host()), replaced);
    assertTrue(fixture.certificates.findHost(first.chain().getFirst()).isEmpty());
    assertTrue(fixture.certificates.findHost(second.chain().getFirst()).isPresent());
  }

  @Test
  void enroll_bannedMachine_needsATokenThatReplaces() {
    Enrolled first = assertInstanceOf(Enrolled.class, enroll(token(1, null, false), "m1"));
    assertEquals(HostState.BANNED, fixture.hosts.ban(first.host(), "admin", "stolen").state());

    assertTrue(fixture.certificates.findHost(first.chain().getFirst()).isEmpty());
    assertInstanceOf(AlreadyEnrolled.class, enroll(token(1, null, false), "m1"));
    Enrolled again = assertInstanceOf(Enrolled.class, enroll(token(1, null, true), "m1"));
    assertTrue(fixture.certificates.findHost(again.chain().getFirst()).isPresent());
  }

  @Test
  void enroll_malformed_takesNoUse() {
    JoinTokens.Created token = token(1, null, false);
    EnrollmentRequest noCsr =
        new EnrollmentRequest(token.secret().secret(), new byte[] {1}, "host", "m1");

    assertInstanceOf(Malformed.class, fixture.enrollments.enroll(noCsr, HERE));
    assertInstanceOf(Malformed.class, enroll(token, " "));

    assertInstanceOf(Enrolled.class, enroll(token, "m1"));
  }

  @Test
  void enroll_guessing_isSlowed() {
    for (int i = 0; i < 10; i++) {
      assertInstanceOf(
          TokenRefused.class, fixture.enrollments.enroll(request(new byte[32], "m1"), HERE));
    }

    assertInstanceOf(TooManyAttempts.class, enroll(token(1, null, false), "m1"));
  }

  @Test
  void renew_keepsTheOldCertificateUntilItExpires() {
    Enrolled enrolled = assertInstanceOf(Enrolled.class, enroll(token(1, null, false), "m1"));
    byte[] csr = CertificateRequest.create(Keys.generate(new SecureRandom()));

    var renewed = fixture.certificates.renew(enrolled.host(), csr, "192.0.2.7").getFirst();

    assertTrue(fixture.certificates.findHost(renewed).isPresent());
    assertTrue(fixture.certificates.findHost(enrolled.chain().getFirst()).isPresent());
  }
}
