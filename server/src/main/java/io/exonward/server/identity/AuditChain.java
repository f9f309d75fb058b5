package io.exonward.server.identity;

import io.exonward.common.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The hash chain of the audit log: hash(n) = SHA-256(hash(n-1) || text(n)), with 32 zero bytes
 * before the first line. text(n) is one JSON object in canonical form: fixed order of members,
 * detail sorted by name, no spaces, all strings, only '"', '\' and control characters escaped.
 * Whoever changes or removes a line must rewrite all lines after it, so a copy of any later hash
 * outside the database proves the lines before it. It cannot show that the newest lines were cut.
 */
final class AuditChain {
  /** What stands before the first line. */
  static final Sha256 START = new Sha256(0, 0, 0, 0);

  private AuditChain() {}

  static Sha256 next(
      Sha256 previous,
      long sequence,
      Instant at,
      Actor actor,
      String action,
      String target,
      SortedMap<String, String> detail) {
    StringBuilder text = new StringBuilder(256).append('{');
    member(text, "sequence", Long.toString(sequence)).append(',');
    member(text, "at", at.toString()).append(',');
    member(text, "actor_kind", actor.kind().code()).append(',');
    member(text, "actor", actor.name()).append(',');
    member(text, "address", actor.address()).append(',');
    member(text, "action", action).append(',');
    member(text, "target", target).append(",\"detail\":{");
    String separator = "";
    for (Map.Entry<String, String> entry : detail.entrySet()) {
      text.append(separator);
      member(text, entry.getKey(), entry.getValue());
      separator = ",";
    }
    MessageDigest digest = Sha256.newDigest();
    digest.update(previous.toBytes());
    digest.update(text.append("}}").toString().getBytes(StandardCharsets.UTF_8));
    return Sha256.of(digest.digest());
  }

  static boolean isNext(Sha256 previous, AuditEntry entry) {
    return entry
        .hash()
        .equals(
            next(
                previous,
                entry.sequence(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.target(),
                entry.detail()));
  }

  private static StringBuilder member(StringBuilder out, String name, @Nullable String value) {
    string(out, name).append(':');
    return value == null ? out.append("null") : string(out, value);
  }

  private static StringBuilder string(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"');
  }
}
