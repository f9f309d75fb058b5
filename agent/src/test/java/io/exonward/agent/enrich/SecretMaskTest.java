package io.exonward.agent.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
  private static final List<String> TEMPLATES =
      List.of(
          "mysql|-p%s",
          "/usr/bin/mysqldump|-uroot|-p%s|db",
          "sudo|mysql|-p%s",
          "sshpass|-p|%s|ssh|host",
          "redis-cli|-a|%s",
          "app|--password=%s",
          "app|--password|%s",
          "app|--db-password=%s|x",
          "app|--api-key|%s",
          "app|--apiKey=%s",
          "app|-Dspring.datasource.password=%s",
          "app|--token=%s",
          "env|DB_PASSWORD=%s|app",
          "env|AWS_SECRET_ACCESS_KEY=%s",
          "sh|-c|PASSWORD=%s run",
          "sh|-c|mysql -p%s db",
          "sh|-c|app --password %s --verbose",
          "curl|-H|Authorization: Bearer %s",
          "curl|-H|Authorization:Bearer %s",
          "curl|-H|X-Api-Key: %s",
          "curl|-u|user:%s",
          "curl|https://user:%s@host/path",
          "git|clone|https://%s@host/x.git",
          "app|Server=db;User=sa;Password=%s;Timeout=3",
          "app|https://host/x?sig=%s&y=1",
          "app|DefaultEndpointsProtocol=https;AccountKey=%s==",
          "app|{\"password\":\"%s\"}",
          "app|{\"password\": \"a %s\", \"b\": 1}",
          "openssl|-passin|pass:%s");

  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .ofMinLength(8)
        .ofMaxLength(40)
        .map(s -> "Zq" + s);
  }

  @Property(tries = 200)
  void mask_secretInAnyKnownPlace_isGone(@ForAll("secrets") String secret) {
    for (String template : TEMPLATES) {
      List<String> arguments = Arrays.asList(template.formatted(secret).split("\\|"));

      List<String> masked = SecretMask.mask(arguments);

      assertFalse(String.join(" ", masked).contains(secret), () -> template + " -> " + masked);
      assertEquals(arguments.size(), masked.size());
      assertEquals(masked, SecretMask.mask(masked));
    }
  }

  @Property
  void mask_anyText_keepsCountAndDoesNotFail(@ForAll List<String> arguments) {
    assertEquals(arguments.size(), SecretMask.mask(arguments).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls|-la|/tmp",
        "tar|-p|-xf|a.tar",
        "ssh|-p|22|host",
        "app|--password-file=/run/secrets/db",
        "app|--token-file|/run/x",
        "git|clone|https://github.com/a/b.git",
        "java|-Xmx64m|-cp|/a:/b|Main",
        "mysql|-p|db",
        "sh|-c|echo one two; ls -l /x"
      })
  void mask_harmless_isUnchanged(String line) {
    List<String> arguments = List.of(line.split("\\|"));

    assertEquals(arguments, SecretMask.mask(arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_0123456789abcdefghijABCDEFGHIJ0123456789",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcDEF123"
      })
  void mask_wellKnownShape_isGone(String key) {
    assertEquals(List.of("run", "x=***"), SecretMask.mask(List.of("run", "x=" + key)));
  }

  @Test
  void mask_hostileLength_isLinear() {
    String hostile = "password\"'".repeat(100_000) + "://".repeat(100_000) + "a=:@".repeat(100_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> SecretMask.mask(List.of(hostile, hostile + " " + hostile)));
  }
}
