package io.exonward.agent.enrich;

import io.exonward.agent.inspect.CodeInspector;
import io.exonward.agent.inspect.Inspection;
import io.exonward.agent.sensor.KernelEvent.Load;
import io.exonward.common.event.Code;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Event;
import io.exonward.common.event.EventSink;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.wire.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stage that turns loads of code into events, each kind, version of a file, loader's
 * executable, user and container once; again only when it had no hash before and has one now.
 *
 * <p>Remembers a bounded number, the most recently seen. Files that interpreters open beyond a
 * number in a second are shed, counted and reported as a loss. Not thread-safe: owned by the
 * pipeline's thread.
 */
public final class CodeLoads implements Consumer<Load> {
  private static final Duration SETTLED = Duration.ofMillis(Actors.SETTLED_MILLIS);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int REMEMBERED = 8192;
  private static final int OPENED_PER_SECOND = 500;
  private static final String SENSOR = "actions";

  private final Actors actors;
  private final DpkgDatabase packages;
  private final CodeInspector inspector;
  private final Parts parts;
  private final Deque<Inspected> settling = new ArrayDeque<>();
  private Instant secondStartedAt = Instant.MIN;
  private int opened;
  private long dropped;

  /** What was sent, and whether with its hash. */
  private final Map<Key, Boolean> sent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Where it stands.
   *
   * @param thread runs what it is given on the pipeline's thread
   * @param next takes events; their decision is still missing
   */
  public record Parts(Executor thread, EventSink next, InstantSource clock) {}

  public CodeLoads(Actors actors, DpkgDatabase packages, CodeInspector inspector, Parts parts) {
    this.actors = actors;
    this.packages = packages;
    this.inspector = inspector;
    this.parts = parts;
  }

  private record Inspected(
      Load load, @Nullable String containerId, Instant observedAt, Inspection inspection) {}

  private record Key(
      CodeLoadKind kind,
      int deviceMajor,
      int deviceMinor,
      long inode,
      long ctimeNanos,
      @Nullable String executable,
      int uid,
      @Nullable String containerId) {
    static Key of(
        CodeLoadKind kind, FileIdentity file, ProcessSummary loader, @Nullable String container) {
      return new Key(
          kind,
          file.deviceMajor(),
          file.deviceMinor(),
          file.inode(),
          file.ctimeNanos(),
          loader.executable(),
          loader.user() == null ? -1 : loader.user().uid(),
          container);
    }
  }

  @Override
  public void accept(Load load) {
    Instant now = parts.clock.instant();
    if (!now.isBefore(secondStartedAt.plus(SECOND))) {
      reportDropped(now);
      secondStartedAt = now;
      opened = 0;
    }
    if (load.kind() == CodeLoadKind.OPENED && ++opened > OPENED_PER_SECOND) {
      dropped++;
      return;
    }
    String container = actors.container(load.process(), load.cgroupId());
    inspector.inspect(
        load,
        inspection ->
            parts.thread.execute(
                () -> settling.add(new Inspected(load, container, now, inspection))));
  }

  private void reportDropped(Instant now) {
    if (dropped > 0) {
      Event loss = new Event.Loss(LossCause.SHED, secondStartedAt, now, dropped, SENSOR);
      parts.next.accept(new ObservedEvent(now, now, loss));
      dropped = 0;
    }
  }

  /**
   * Sends on what has waited for its time.
   *
   * @return when more will be due; {@link Instant#MAX} if nothing waits
   */
  public Instant sendDue() {
    Instant now = parts.clock.instant();
    Instant due = now.minus(SETTLED);
    while (!settling.isEmpty() && !settling.getFirst().observedAt.isAfter(due)) {
      send(settling.removeFirst());
    }
    if (!now.isBefore(secondStartedAt.plus(SECOND))) {
      reportDropped(now);
    }
    Instant next = dropped > 0 ? secondStartedAt.plus(SECOND) : Instant.MAX;
    Instant settled =
        settling.isEmpty() ? Instant.MAX : settling.getFirst().observedAt.plus(SETTLED);
    return settled.isBefore(next) ? settled : next;
  }

  /** Sends on whatever is held: before the agent stops. */
  public void flush() {
    settling.forEach(this::send);
    settling.clear();
    reportDropped(parts.clock.instant());
  }

  /** Sends everything once more: what was sent before may have been lost. */
  public void forget() {
    sent.clear();
  }

  private void send(Inspected inspected) {
    Load load = inspected.load;
    ProcessSummary loader = actors.find(load.process());
    CodeLoadKind kind = LoadKinds.of(load, loader);
    Key key = Key.of(kind, load.file(), loader, inspected.containerId);
    boolean isHashed = inspected.inspection.hash().findSha256().isPresent();
    Boolean before = sent.get(key);
    if (before != null && (before || !isHashed)) {
      return;
    }
    sent.put(key, isHashed);
    Event event =
        new Event.CodeLoad(
            kind,
            loader,
            path(inspected),
            code(inspected),
            actors.ancestry(load.process()),
            inspected.containerId,
            null);
    parts.next.accept(new ObservedEvent(load.occurredAt(), inspected.observedAt, event));
  }

  private Code code(Inspected inspected) {
    Load load = inspected.load;
    Inspection inspection = inspected.inspection;
    FileIdentity file = inspection.file() != null ? inspection.file() : load.file();
    return new Code(load.origin(), inspection.hash(), file, owner(inspected));
  }

  /** The host's database says nothing about what lies in a container. */
  private @Nullable PackageRef owner(Inspected inspected) {
    String path = path(inspected);
    String md5 = inspected.inspection.md5();
    boolean isOnHost = inspected.containerId == null && inspected.load.origin().isFile();
    return isOnHost && path != null && md5 != null
        ? packages.findOwner(path, md5).orElse(null)
        : null;
  }

  private static @Nullable String path(Inspected inspected) {
    String path =
        inspected.load.path() != null ? inspected.load.path() : inspected.inspection.path();
    return path == null || path.isEmpty() ? null : Limits.truncate(path, Limits.PATH_BYTES);
  }
}
