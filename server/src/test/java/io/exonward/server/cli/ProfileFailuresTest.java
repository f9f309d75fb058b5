package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.cli.ExonctlFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored sign-in that is missing or cannot be used. */
final class ProfileFailuresTest {
  @TempDir Path home;
  private ExonctlFixture exonctl;

  @BeforeEach
  void start() {
    exonctl = ExonctlFixture.signedIn(home);
  }

  @AfterEach
  void stop() {
    exonctl.close();
  }

  @Test
  void profile_missing_saysHowToSignIn() {
    exonctl.profileFile().delete();

    assertEquals(
        new Result(4, "", "exonctl: not signed in; exonctl login https://host:8443 first\n"),
        exonctl.run("alert", "list"));
  }

  @Test
  void profile_readableByOthers_isRefused() throws IOException {
    Files.setPosixFilePermissions(
        exonctl.profileFile().path(), PosixFilePermissions.fromString("rw-r--r--"));

    Result result = exonctl.run("alert", "list");

    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("mode must be 0600"), result.err());
    assertEquals(List.of(), exonctl.server().requests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"url\":\"http://host\"}"})
  void profile_malformed_isRefused(String text) throws IOException {
    Files.writeString(exonctl.profileFile().path(), text);

    Result result = exonctl.run("alert", "list");

    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("is not a sign-in of exonctl"), result.err());
  }
}
