package io.exonward.agent.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what {@link CoverageLedger} wrote. Lines that are not whole are passed over. */
public final class CoverageHistory {
  private static final String STOPPED = "the agent was stopped";
  private static final String DIED = "the agent ended without saying so";

  private final List<CoveragePeriod> periods = new ArrayList<>();
  private final List<CoveragePeriod.Loss> losses = new ArrayList<>();
  private @Nullable JsonNode state;
  private @Nullable Instant offSince;
  private String offNote = STOPPED;
  private Instant from = Instant.EPOCH;

  private CoverageHistory() {}

  /**
   * The periods in a folder's ledger, oldest first, without a gap between two.
   *
   * @param isRunning whether the agent runs now: else the last period is one without it
   * @throws IOException if a file cannot be read; there being none is no error
   */
  public static List<CoveragePeriod> read(Path folder, boolean isRunning) throws IOException {
    CoverageHistory history = new CoverageHistory();
    Path newer = folder.resolve(LedgerFile.NEWER);
    for (Path file : List.of(folder.resolve(LedgerFile.OLDER), newer)) {
      if (Files.exists(file)) {
        // Not readString, which refuses bytes that are no text: a crash may have left some.
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().forEach(history::read);
      }
    }
    Instant alive =
        Files.exists(newer) ? Files.getLastModifiedTime(newer).toInstant() : Instant.EPOCH;
    history.finish(isRunning, alive);
    return List.copyOf(history.periods);
  }

  private void read(String line) {
    try {
      JsonNode json = JsonMapper.shared().readTree(line);
      switch (json.path(LedgerLine.KIND).asString("")) {
        case LedgerLine.START -> start(time(json, "at"), time(json, "last_alive"));
        case LedgerLine.STATE -> change(json);
        case LedgerLine.LOSS -> losses.add(loss(json));
        case LedgerLine.STOP -> stop(time(json, "at"));
        default -> {}
      }
    } catch (JacksonException | DateTimeException _) {
      // A crash cut it short.
    }
  }

  private static Instant time(JsonNode json, String name) {
    return Instant.parse(json.path(name).asString(""));
  }

  private static CoveragePeriod.Loss loss(JsonNode json) {
    return new CoveragePeriod.Loss(
        json.path("cause").asString(""),
        time(json, "from"),
        time(json, "to"),
        json.path("count").asLong(0),
        json.path("sensor").asStringOpt().orElse(null));
  }

  private void start(Instant at, Instant lastAlive) {
    if (state != null) {
      Instant died = lastAlive.isBefore(from) ? from : lastAlive.isAfter(at) ? at : lastAlive;
      end(died);
      offSince = died;
      offNote = DIED;
    }
  }

  private void change(JsonNode next) {
    JsonNode before = state;
    if (before != null && isSame(before, next)) {
      return;
    }
    Instant at = time(next, "at");
    if (offSince != null) { // a start took until now
      periods.add(CoveragePeriod.off(offSince, at, offNote));
      offSince = null;
    }
    end(at);
    state = next;
    from = at;
  }

  /** A new file repeats the state at its head. */
  private static boolean isSame(JsonNode one, JsonNode other) {
    return one.path("level").equals(other.path("level"))
        && one.path("sensors").equals(other.path("sensors"))
        && one.path("blind_spots").equals(other.path("blind_spots"));
  }

  private void stop(Instant at) {
    if (state != null) {
      offSince = at;
      offNote = STOPPED;
    }
    end(at);
  }

  private void end(@Nullable Instant to) {
    JsonNode ending = state;
    state = null;
    if (ending != null) {
      periods.add(
          new CoveragePeriod(
              from,
              to,
              ending.path("level").asString(""),
              texts(ending.path("sensors")),
              texts(ending.path("blind_spots")),
              losses,
              null));
      losses.clear();
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  private void finish(boolean isRunning, Instant lastAlive) {
    if (state != null && !isRunning) {
      Instant died = lastAlive.isBefore(from) ? from : lastAlive;
      end(died);
      periods.add(CoveragePeriod.off(died, null, DIED));
    } else if (state != null) {
      end(null);
    } else if (offSince != null) {
      periods.add(CoveragePeriod.off(offSince, null, offNote));
    }
  }
}
