package io.exonward.server.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.inventory.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorsTest {
  private static final Actor ADMIN = Actor.operator("admin", "192.0.2.1");
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path folder;
  private IdentityFixture fixture;
  private Operators operators;
  private final List<String> firstPasswords = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    fixture = new IdentityFixture(folder);
    operators = fixture.operators;
    assertTrue(operators.createFirst(firstPasswords::add));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private SignInException.Code refusal(String name, String password) {
    return assertThrows(
            SignInException.class, () -> operators.authenticate(name, password, "192.0.2.9"))
        .code();
  }

  @Test
  void createFirst_again_doesNothing() {
    assertFalse(operators.createFirst(firstPasswords::add));

    assertEquals(1, firstPasswords.size());
    assertEquals(
        Role.ADMINISTRATOR,
        operators.authenticate("admin", firstPasswords.getFirst(), "192.0.2.1").role());
  }

  @Test
  void createFirst_passwordNotKept_createsNobody() throws Exception {
    try (IdentityFixture other = new IdentityFixture(folder)) {
      assertThrows(
          IllegalStateException.class,
          () ->
              other.operators.createFirst(_ -> {
                throw new IllegalStateException("disk full");
              }));

      assertEquals(Optional.empty(), other.operators.find("admin"));
    }
  }

  @Test
  void authenticate_wrongUnknownOrDisabled_isToldApartByNobody() {
    var _ = operators.create(ADMIN, "eve", Role.VIEWER, PASSWORD);
    var _ = operators.update(ADMIN, "eve", new OperatorChange(null, true, null));

    assertEquals(SignInException.Code.WRONG, refusal("admin", "wrong password"));
    assertEquals(SignInException.Code.WRONG, refusal("nobody", PASSWORD));
    assertEquals(SignInException.Code.WRONG, refusal("eve", PASSWORD));
    assertEquals(SignInException.Code.WRONG, refusal("'; drop table operator", PASSWORD));
  }

  @Test
  void authenticate_fiveFailures_makesTheNextWait() {
    var _ = operators.create(ADMIN, "eve", Role.VIEWER, PASSWORD);
    for (int i = 0; i < 5; i++) {
      assertEquals(SignInException.Code.WRONG, refusal("eve", "wrong password"));
    }

    assertEquals(SignInException.Code.TOO_MANY_ATTEMPTS, refusal("eve", PASSWORD));
    assertEquals("eve", operators.authenticate("eve", PASSWORD, "192.0.2.77").name());
    fixture.clock.advance(Duration.ofSeconds(2));
    assertEquals("eve", operators.authenticate("eve", PASSWORD, "192.0.2.9").name());
  }

  @Test
  void update_lastAdministrator_isRefused() {
    OperatorChange lesser = new OperatorChange(Role.ANALYST, null, null);
    OperatorChange disabled = new OperatorChange(null, true, null);

    assertThrows(RefusedException.class, () -> operators.update(ADMIN, "admin", lesser));
    assertThrows(RefusedException.class, () -> operators.update(ADMIN, "admin", disabled));

    assertEquals(Role.ADMINISTRATOR, operators.find("admin").orElseThrow().role());
    var _ = operators.create(ADMIN, "second", Role.ADMINISTRATOR, PASSWORD);
    assertEquals(Role.ANALYST, operators.update(ADMIN, "admin", lesser).role());
  }

  @Test
  void create_shortPasswordOrTakenName_isRefused() {
    assertThrows(
        RefusedException.class, () -> operators.create(ADMIN, "eve", Role.VIEWER, "short"));
    assertThrows(
        RefusedException.class, () -> operators.create(ADMIN, "admin", Role.VIEWER, PASSWORD));
    assertThrows(
        RefusedException.class, () -> operators.create(ADMIN, "Eve!", Role.VIEWER, PASSWORD));
  }

  @Test
  void changePassword_endsOtherSessions() {
    Operator eve = operators.create(ADMIN, "eve", Role.VIEWER, PASSWORD);
    Sessions.Opened kept = fixture.sessions.open(eve, "192.0.2.1");
    Sessions.Opened other = fixture.sessions.open(eve, "192.0.2.2");

    operators.changePassword(
        Actor.operator("eve", "192.0.2.1"), PASSWORD, "a new long password", kept.session());

    assertTrue(fixture.sessions.find(kept.id()).isPresent());
    assertTrue(fixture.sessions.find(other.id()).isEmpty());
    assertEquals(SignInException.Code.WRONG, refusal("eve", PASSWORD));
  }

  @Test
  void session_idleOrOld_ends() {
    Operator eve = operators.create(ADMIN, "eve", Role.VIEWER, PASSWORD);
    Sessions.Opened idle = fixture.sessions.open(eve, "192.0.2.1");
    Sessions.Opened used = fixture.sessions.open(eve, "192.0.2.1");

    fixture.clock.advance(Duration.ofHours(7));
    assertTrue(fixture.sessions.find(used.id()).isPresent());
    fixture.clock.advance(Duration.ofHours(2));

    assertTrue(fixture.sessions.find(idle.id()).isEmpty());
    assertTrue(fixture.sessions.find(used.id()).isPresent());
    fixture.clock.advance(Duration.ofHours(7));
    assertTrue(fixture.sessions.find(used.id()).isPresent());
    fixture.clock.advance(Duration.ofHours(8));
    assertTrue(fixture.sessions.find(used.id()).isEmpty());
  }

  @Test
  void apiToken_ownerLosesRole_losesItToo() {
    Operator eve = operators.create(ADMIN, "eve", Role.ANALYST, PASSWORD);
    ApiTokens.Wish wish = new ApiTokens.Wish("ci", Role.ANALYST, Duration.ofDays(1));
    String text =
        fixture.apiTokens.create(Actor.operator("eve", null), "eve", eve.role(), wish).text();

    var _ = operators.update(ADMIN, "eve", new OperatorChange(Role.VIEWER, null, null));

    assertEquals(Role.VIEWER, fixture.apiTokens.find(text).orElseThrow().role());
    var _ = operators.update(ADMIN, "eve", new OperatorChange(null, true, null));
    assertTrue(fixture.apiTokens.find(text).isEmpty());
  }

  @Test
  void apiToken_expiredForeignOrMalformed_isUnknown() {
    ApiTokens.Wish wish = new ApiTokens.Wish("ci", Role.VIEWER, Duration.ofDays(1));
    ApiTokens.Created created = fixture.apiTokens.create(ADMIN, "admin", Role.ADMINISTRATOR, wish);

    assertTrue(fixture.apiTokens.find(created.text()).isPresent());
    assertTrue(fixture.apiTokens.find("exa1.").isEmpty());
    assertTrue(fixture.apiTokens.find("exa1.%%%").isEmpty());
    assertThrows(
        RefusedException.class, () -> fixture.apiTokens.revoke(ADMIN, "eve", created.token().id()));
    fixture.clock.advance(Duration.ofDays(1));
    assertTrue(fixture.apiTokens.find(created.text()).isEmpty());
  }

  @Test
  void apiToken_aboveTheOwnRole_isForbidden() {
    ApiTokens.Wish wish = new ApiTokens.Wish("ci", Role.ADMINISTRATOR, Duration.ofDays(1));

    assertThrows(
        SignInException.class, () -> fixture.apiTokens.create(ADMIN, "admin", Role.ANALYST, wish));
  }
}
