package io.exonward.server.detect;

import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a detection is about. Detections of one group with the same key are one alert.
 *
 * @param sha256 the code; null if its content is not known, or it is not about code
 * @param origin null if it is not about code
 * @param executable null if not known, or it is not about code
 */
public record Subject(
    String key, @Nullable Sha256 sha256, @Nullable CodeOrigin origin, @Nullable String executable) {
  /** The code that was executed. */
  public static Subject of(Event.Execution execution) {
    Code code = execution.code();
    String origin = code.origin().name().toLowerCase(Locale.ROOT);
    Sha256 sha256 = code.hash().findSha256().orElse(null);
    String key =
        sha256 != null
            ? "code:" + sha256 + ":" + origin
            : "code-unhashed:" + origin + ":" + nearestPath(execution);
    return new Subject(key, sha256, code.origin(), execution.executable());
  }

  /** That a host's sensors missed something. */
  public static Subject ofSensorLoss(UUID host) {
    return new Subject("host:" + host + ":sensor-loss", null, null, null);
  }

  /** That a host is not heard. */
  public static Subject ofSilence(UUID host) {
    return new Subject("host:" + host + ":silent", null, null, null);
  }

  /** A memfd's own name is the attacker's to choose anew each time: its parent's is steadier. */
  private static String nearestPath(Event.Execution execution) {
    String parent =
        execution.ancestry().isEmpty() ? null : execution.ancestry().getFirst().executable();
    boolean isNamed = execution.code().origin() != CodeOrigin.MEMFD || parent == null;
    String path = isNamed ? execution.executable() : parent;
    return path != null ? path : String.valueOf(parent);
  }
}
