package io.exonward.server.detect;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import io.exonward.common.process.ProcessSummary;
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
  /** The code that came to run, in whichever way: one decision about it settles all. */
  public static Subject of(JudgedCode judged) {
    CodeOrigin codeOrigin = judged.code().origin();
    String origin = codeOrigin.name().toLowerCase(Locale.ROOT);
    Sha256 sha256 = judged.code().hash().findSha256().orElse(null);
    String key =
        sha256 != null
            ? codeKey(sha256, origin)
            : "code-unhashed:" + origin + ":" + nearestPath(judged);
    return new Subject(key, sha256, codeOrigin, judged.path());
  }

  /** Code that was found on a host after it had run there. */
  public static Subject ofCode(Sha256 sha256, CodeOrigin origin, @Nullable String executable) {
    String key = codeKey(sha256, origin.name().toLowerCase(Locale.ROOT));
    return new Subject(key, sha256, origin, executable);
  }

  private static String codeKey(Sha256 sha256, String origin) {
    return "code:" + sha256 + ":" + origin;
  }

  /** That hosts say different things of the genes of one content; a rule would not settle it. */
  public static Subject ofDispute(Sha256 sha256) {
    return new Subject("genes:" + sha256, sha256, null, null);
  }

  /**
   * That a program changes the memory of others: by its content, or its path where that is not
   * known. No origin: no rule about code could allow what the program does.
   */
  public static Subject ofMemoryChange(ProcessSummary actor) {
    Sha256 sha256 = actor.sha256();
    String program = sha256 != null ? sha256.toString() : String.valueOf(actor.executable());
    return new Subject("memory-change:" + program, null, null, actor.executable());
  }

  /** That a host's sensors missed something. */
  public static Subject ofSensorLoss(UUID host) {
    return new Subject("host:" + host + ":sensor-loss", null, null, null);
  }

  /** That a host is not heard. */
  public static Subject ofSilence(UUID host) {
    return new Subject("host:" + host + ":silent", null, null, null);
  }

  /** A memfd's own name is the attacker's to choose anew each time: its starter's is steadier. */
  private static String nearestPath(JudgedCode judged) {
    String starter = judged.starter();
    boolean isNamed = judged.code().origin() != CodeOrigin.MEMFD || starter == null;
    String path = isNamed ? judged.path() : starter;
    return path != null ? path : String.valueOf(starter);
  }
}
