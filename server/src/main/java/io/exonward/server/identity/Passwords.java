package io.exonward.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords by Argon2id (RFC 9106) with the smallest cost that OWASP's Password Storage
 * Cheat Sheet names: 19 MiB, 2 passes, 1 lane. At most 4 hashes run at a time (76 MiB); who waits
 * longer than 5 s is told to come back. Hashes are kept as PHC strings. Thread-safe.
 */
final class Passwords {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int CONCURRENT = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  // Costs come from our own database; the digits are bounded all the same.
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)\\$([^$]{1,64})\\$([^$]{1,128})");

  private final SecureRandom random;
  private final Semaphore permits = new Semaphore(CONCURRENT, true);
  private final String dummy;

  Passwords(SecureRandom random) {
    this.random = random;
    this.dummy = hash(Secret.random(random).text());
  }

  /** A PHC string of the password with a new salt. */
  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = derive(password, new Cost(MEMORY_KIB, PASSES, LANES), salt, HASH_BYTES);
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(MEMORY_KIB, PASSES, LANES, encode(salt), encode(hash));
  }

  /** Whether {@code phc} was made from this password. */
  boolean matches(String password, String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalStateException("a password hash in the database is not argon2id");
    }
    Cost cost =
        new Cost(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)));
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    return MessageDigest.isEqual(expected, derive(password, cost, salt, expected.length));
  }

  /** Takes as long as a wrong password does, so that time does not tell which names exist. */
  void matchNobody(String password) {
    boolean _ = matches(password, dummy);
  }

  private record Cost(int memoryKib, int passes, int lanes) {}

  private byte[] derive(String password, Cost cost, byte[] salt, int length) {
    acquire();
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(cost.memoryKib())
              .withIterations(cost.passes())
              .withParallelism(cost.lanes())
              .withSalt(salt)
              .build());
      byte[] hash = new byte[length];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      permits.release();
    }
  }

  private void acquire() {
    boolean acquired;
    try {
      acquired = permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      acquired = false;
    }
    if (!acquired) {
      throw new SignInException(
          SignInException.Code.TOO_MANY_ATTEMPTS,
          "too many sign-ins at the same time; try again in a few seconds");
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
