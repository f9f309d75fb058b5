package io.exonward.agent.analyze;

import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.hash.Sha256;
import java.util.LinkedHashMap;
import java.util.Optional;
import javax.annotation.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Where code was that this agent reported: only about that it answers questions. What was seen
 * longest ago goes when it is full. Thread-safe.
 */
public final class KnownCode {
  private static final int LIMIT = 8192;

  @GuardedBy("this")
  private final LinkedHashMap<Sha256, Place> places = new LinkedHashMap<>(64, 0.75f, true);

  /**
   * A place where it may still be.
   *
   * @param pid of a process that ran or loaded it, by whose root the path is to be taken
   * @param isProgram whether that process ran it
   * @param path absolute; absent if it has none, as in memory alone
   */
  record Place(int pid, boolean isProgram, @Nullable String path) {}

  /** Takes in what was reported. */
  public void reported(Event event) {
    switch (event) {
      case Event.Execution it ->
          remember(it.code(), new Place(it.process().pid(), true, absolute(it.executable())));
      case Event.CodeLoad it -> {
        String path = absolute(it.path());
        if (path != null) {
          remember(it.code(), new Place(it.loader().process().pid(), false, path));
        }
      }
      default -> {}
    }
  }

  private static @Nullable String absolute(@Nullable String path) {
    return path != null && path.startsWith("/") ? path : null;
  }

  private synchronized void remember(Code code, Place place) {
    Optional<Sha256> sha256 = code.hash().findSha256();
    if (sha256.isPresent()) {
      places.put(sha256.get(), place);
      if (places.size() > LIMIT) {
        places.remove(places.keySet().iterator().next());
      }
    }
  }

  synchronized Optional<Place> find(Sha256 sha256) {
    return Optional.ofNullable(places.get(sha256));
  }
}
