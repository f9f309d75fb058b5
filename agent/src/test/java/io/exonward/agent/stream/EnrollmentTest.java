package io.exonward.agent.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.enroll.JoinToken;
import io.exonward.common.tls.Fingerprint;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrollmentTest {
  private static final Enrollment.Applicant APPLICANT = new Enrollment.Applicant("h", "m");

  @TempDir Path directory;

  private static JoinToken token(FakeServer server) {
    return JoinToken.create(new SecureRandom(), Fingerprint.of(server.authority.root()));
  }

  @Test
  void enroll_tokenOfThisServer_givesIdentityThatIsKept() throws Exception {
    try (FakeServer server = new FakeServer(false)) {
      Identity identity = Enrollment.enroll(server.address(), token(server), APPLICANT);
      IdentityStore store = new IdentityStore(directory.resolve("identity"));
      store.write(identity);

      Identity kept = store.read().orElseThrow();
      assertEquals(identity.agentId(), kept.agentId());
      assertEquals(identity.chain(), kept.chain());
      assertEquals(identity.authorities(), kept.authorities());
      assertEquals(
          PosixFilePermissions.fromString("rw-------"),
          Files.getPosixFilePermissions(directory.resolve("identity/agent.pem")));
    }
  }

  @Test
  void enroll_tokenOfOtherAuthority_sendsNothing() throws Exception {
    try (FakeServer server = new FakeServer(false);
        FakeServer other = new FakeServer(false)) {
      var refused =
          assertThrows(
              Enrollment.RefusedException.class,
              () -> Enrollment.enroll(server.address(), token(other), APPLICANT));

      assertTrue(String.valueOf(refused.getMessage()).contains("authority of the join token"));
    }
  }

  @Test
  void enroll_tokenUsedUp_saysSo() throws Exception {
    try (FakeServer server = new FakeServer(false)) {
      server.refuseWith =
          Status.UNAUTHENTICATED.withDescription(
              "the token is used up:\u001b[2J ask for a new one");

      var refused =
          assertThrows(
              Enrollment.RefusedException.class,
              () -> Enrollment.enroll(server.address(), token(server), APPLICANT));

      assertTrue(refused.isFinal());
      assertEquals("refused: the token is used up: [2J ask for a new one", refused.getMessage());
    }
  }

  @Test
  void enroll_nobodyListens_canBeTriedAgain() throws Exception {
    FakeServer server = new FakeServer(false);
    server.close();

    var refused =
        assertThrows(
            Enrollment.RefusedException.class,
            () -> Enrollment.enroll(server.address(), token(server), APPLICANT));

    assertFalse(refused.isFinal());
  }
}
