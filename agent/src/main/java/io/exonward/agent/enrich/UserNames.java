package io.exonward.agent.enrich;

import io.exonward.common.process.User;
import io.exonward.common.wire.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * User names out of {@code /etc/passwd}, read again when the file changed. Users of directory
 * services have no name here: asking NSS would run foreign code in the agent. Not thread-safe.
 */
public final class UserNames {
  private static final int MAX_USERS = 10_000;
  private static final int MAX_LINE = 4096;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final Path passwd;
  private final InstantSource clock;
  private Map<Integer, String> names = Map.of();
  private Instant lookAt = Instant.MIN;
  private @Nullable FileTime readVersion;

  public UserNames(Path passwd, InstantSource clock) {
    this.passwd = passwd;
    this.clock = clock;
  }

  /** The user with its name, if the host has one for it. */
  public User user(int uid, int gid) {
    Instant now = clock.instant();
    if (!now.isBefore(lookAt)) {
      lookAt = now.plus(LOOK_EVERY);
      refresh();
    }
    return new User(uid, gid, names.get(uid));
  }

  private void refresh() {
    try {
      FileTime version = Files.getLastModifiedTime(passwd);
      if (version.equals(readVersion)) {
        return;
      }
      // ISO 8859-1 takes any bytes; names that are not ASCII are rare and shown as they are.
      try (Stream<String> lines = Files.lines(passwd, StandardCharsets.ISO_8859_1)) {
        Map<Integer, String> fresh = new HashMap<>();
        lines.limit(MAX_USERS).forEach(line -> parse(line, fresh));
        names = fresh;
      }
      readVersion = version;
    } catch (IOException | UncheckedIOException _) {
      names = Map.of(); // no file, no names: containers without passwd are normal
    }
  }

  private static void parse(String line, Map<Integer, String> names) {
    String[] fields = line.length() > MAX_LINE ? new String[0] : line.split(":", 4); // man 5 passwd
    if (fields.length == 4 && !fields[0].isEmpty() && !fields[0].startsWith("#")) {
      try {
        names.putIfAbsent(
            Integer.parseUnsignedInt(fields[2]),
            Limits.truncate(fields[0], Limits.USER_NAME_BYTES));
      } catch (NumberFormatException _) {
        // not a user: NIS entries ("+::::::") and damage look like this
      }
    }
  }
}
