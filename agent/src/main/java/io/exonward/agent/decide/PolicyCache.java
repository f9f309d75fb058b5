package io.exonward.agent.decide;

import io.exonward.common.policy.Policy;
import io.exonward.common.tls.SecretFile;
import io.exonward.common.wire.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last good policy, on disk too, so that a restart without the server decides as before.
 * Versions only rise. Thread-safe.
 */
public final class PolicyCache implements PolicySource {
  private static final Logger log = LoggerFactory.getLogger(PolicyCache.class);

  private final Path file;
  private final Decoder decoder;
  private volatile @Nullable Policy current;

  /** Reads a policy as the server sent it. */
  @FunctionalInterface
  public interface Decoder {
    /**
     * @throws IllegalArgumentException if it is not one that this agent can use
     */
    Policy decode(byte[] encoded);
  }

  public PolicyCache(Path file, Decoder decoder) {
    this.file = file;
    this.decoder = decoder;
    this.current = load();
  }

  @Override
  public Optional<Policy> current() {
    return Optional.ofNullable(current);
  }

  /** Version in force; 0 without a policy. */
  public long version() {
    Policy now = current;
    return now == null ? 0 : now.version();
  }

  /**
   * Takes what the server sent, if it is newer and can be used; whether it was taken. It is in
   * force even if the disk does not take it.
   */
  public synchronized boolean offer(byte[] encoded) {
    Policy policy;
    try {
      policy = decoder.decode(encoded);
    } catch (IllegalArgumentException e) {
      log.atWarn().addKeyValue("error", e).log("policy refused");
      return false;
    }
    if (policy.version() <= version()) {
      log.atDebug().addKeyValue("version", policy.version()).log("policy is not newer");
      return false;
    }
    current = policy;
    log.atInfo()
        .addKeyValue("group", policy.group())
        .addKeyValue("version", policy.version())
        .addKeyValue("mode", policy.mode())
        .log("policy in force");
    try {
      SecretFile.write(file, encoded);
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e).log("policy not kept on disk");
    }
    return true;
  }

  /** Forgets the policy, on disk too: the next one is of whatever group, and any version. */
  public synchronized void drop() {
    current = null;
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e).log("kept policy not deleted");
    }
  }

  private @Nullable Policy load() {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return decoder.decode(SecretFile.read(file, Limits.POLICY_BYTES));
    } catch (IOException | IllegalArgumentException e) {
      log.atWarn().addKeyValue("error", e).log("kept policy not usable");
      return null;
    }
  }
}
