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
   */
  record Place(int pid, String path) {}

  /** Takes in what was reported. */
  public void reported(Event event) {
    switch (event) {
      case Event.Execution it -> remember(it.code(), it.process().pid(), it.executable());
      case Event.CodeLoad it -> remember(it.code(), it.loader().process().pid(), it.path());
      default -> {}
    }
  }

  private synchronized void remember(Code code, int pid, @Nullable String path) {
    Optional<Sha256> sha256 = code.hash().findSha256();
    if (sha256.isPresent() && path != null && path.startsWith("/")) {
      places.put(sha256.get(), new Place(pid, path));
      if (places.size() > LIMIT) {
        places.remove(places.keySet().iterator().next());
      }
    }
  }

  synchronized Optional<Place> find(Sha256 sha256) {
    return Optional.ofNullable(places.get(sha256));
  }
}
