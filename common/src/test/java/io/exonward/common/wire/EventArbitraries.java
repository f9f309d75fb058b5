package io.exonward.common.wire;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.Code;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.Event;
import io.exonward.common.event.HostFacts;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.Mode;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.process.User;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Every value that keeps to the limits can come out of these. */
final class EventArbitraries {
  private EventArbitraries() {}

  static Arbitrary<String> text(int maxLength) {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars(" /\n\u001b\u202e\"<é漢")
        .ofMinLength(1)
        .ofMaxLength(maxLength);
  }

  static Arbitrary<Instant> instants() {
    return Combinators.combine(
            Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L),
            Arbitraries.integers().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  static Arbitrary<UUID> uuids() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
  }

  static Arbitrary<Sha256> hashes() {
    Arbitrary<Long> words = Arbitraries.longs();
    return Combinators.combine(words, words, words, words).as(Sha256::new);
  }

  static Arbitrary<PackageRef> packages() {
    return Combinators.combine(Arbitraries.of("dpkg", "rpm"), text(50), text(20), text(10))
        .as(PackageRef::new);
  }

  static Arbitrary<Code> codes() {
    Arbitrary<ContentHash> hash =
        Arbitraries.oneOf(
            hashes().map(ContentHash.Known::new),
            Arbitraries.of(HashAbsence.class).map(ContentHash.Missing::new));
    return Combinators.combine(
            Arbitraries.of(CodeOrigin.class),
            hash,
            files().injectNull(0.2),
            packages().injectNull(0.5))
        .as(Code::new);
  }

  private static Arbitrary<FileIdentity> files() {
    Arbitrary<Integer> any = Arbitraries.integers();
    return Combinators.combine(
            Arbitraries.integers().between(0, 4095),
            Arbitraries.integers().between(0, 1_048_575),
            Arbitraries.longs(),
            any,
            Arbitraries.longs().greaterOrEqual(0),
            Arbitraries.longs(),
            Arbitraries.integers().greaterOrEqual(0),
            any)
        .as((major, minor, inode, generation, size, ctime, links, bits) ->
            new FileIdentity(
                major, minor, inode, generation, size, ctime, links, bits, bits, bits));
  }

  static Arbitrary<ProcessId> processes() {
    return Combinators.combine(
            uuids(),
            Arbitraries.integers().between(1, Integer.MAX_VALUE),
            Arbitraries.longs().greaterOrEqual(0))
        .as(ProcessId::new);
  }

  private static Arbitrary<User> users() {
    return Combinators.combine(
            Arbitraries.integers(), Arbitraries.integers(), text(30).injectNull(0.3))
        .as(User::new);
  }

  private static Arbitrary<ProcessSummary> summaries() {
    return Combinators.combine(
            processes(),
            text(40).injectNull(0.3),
            hashes().injectNull(0.3),
            text(40).injectNull(0.3),
            users().injectNull(0.3))
        .as(ProcessSummary::new);
  }

  private static Arbitrary<Decision> decisions() {
    return Combinators.combine(
            Arbitraries.of(Decision.Outcome.class),
            Arbitraries.of(Decision.Reason.class),
            Arbitraries.longs().greaterOrEqual(1).injectNull(0.5),
            Arbitraries.of(Mode.class),
            Arbitraries.longs().greaterOrEqual(0))
        .as(Decision::new);
  }

  private record Where(
      ProcessId process,
      User user,
      @Nullable String executable,
      @Nullable String containerId,
      @Nullable Decision decision) {}

  private static Arbitrary<Event> executions() {
    Arbitrary<Where> where =
        Combinators.combine(
                processes(),
                users(),
                text(60).injectNull(0.2),
                text(30).injectNull(0.5),
                decisions().injectNull(0.5))
            .as(Where::new);
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return Combinators.combine(
            flags,
            where,
            text(20).list().ofMaxSize(10),
            flags,
            text(60).injectNull(0.2),
            codes(),
            summaries().list().ofMaxSize(Limits.ANCESTRY))
        .as((backfill, at, arguments, truncated, directory, code, ancestry) ->
            new Event.Execution(
                backfill,
                at.process,
                at.user,
                at.executable,
                arguments,
                truncated,
                directory,
                code,
                ancestry,
                at.containerId,
                at.decision));
  }

  private static Arbitrary<Event> repetitions() {
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(1),
            instants(),
            instants(),
            users(),
            text(60).injectNull(0.2),
            codes(),
            decisions().injectNull(0.5),
            summaries().list().ofMaxSize(3))
        .flatAs((count, first, last, user, executable, code, decision, ancestry) ->
            processes()
                .map(process ->
                    new Event.Repetition(
                        count,
                        first,
                        last,
                        user,
                        executable,
                        code,
                        null,
                        decision,
                        process,
                        ancestry,
                        runs(count, process, first))));
  }

  /** As many as fit into the count. */
  private static List<Event.Run> runs(long count, ProcessId process, Instant at) {
    List<String> command = List.of("run", "é");
    Event.Run one = new Event.Run(process.pid(), 7, command, true, at, 1);
    Event.Run rest = new Event.Run(process.pid(), 9, List.of(), false, at, Math.max(1, count - 1));
    return count == 1 ? List.of(one) : List.of(one, rest);
  }

  private static Arbitrary<Event> loads() {
    return Combinators.combine(
            Arbitraries.of(CodeLoadKind.class),
            summaries(),
            text(60).injectNull(0.2),
            codes(),
            summaries().list().ofMaxSize(3),
            text(30).injectNull(0.5),
            decisions().injectNull(0.5))
        .as(Event.CodeLoad::new);
  }

  private static Arbitrary<Event> actions() {
    return Combinators.combine(
            Arbitraries.of(ActionKind.class),
            summaries(),
            summaries().injectNull(0.5),
            Arbitraries.longs(),
            Arbitraries.integers(),
            text(60).injectNull(0.3),
            Arbitraries.longs().greaterOrEqual(1),
            instants())
        .flatAs((kind, actor, target, address, protection, detail, count, at) ->
            Combinators.combine(
                    instants(), summaries().list().ofMaxSize(3), text(30).injectNull(0.5))
                .as((last, ancestry, container) ->
                    new Event.Action(
                        kind,
                        actor,
                        target,
                        address,
                        -address,
                        protection,
                        detail,
                        count,
                        at,
                        last,
                        ancestry,
                        container)));
  }

  private static Arbitrary<Event> losses() {
    return Combinators.combine(
            Arbitraries.of(LossCause.class),
            instants(),
            instants(),
            Arbitraries.longs().greaterOrEqual(0),
            text(20).injectNull(0.5))
        .as(Event.Loss::new);
  }

  static Arbitrary<Coverage> coverages() {
    Arbitrary<SensorStatus> sensors =
        Combinators.combine(
                text(20),
                Arbitraries.of(SensorState.class),
                text(60).injectNull(0.5),
                Arbitraries.longs().greaterOrEqual(0),
                Arbitraries.longs().greaterOrEqual(0))
            .as(SensorStatus::new);
    return Combinators.combine(
            Arbitraries.of(SensorLevel.class),
            sensors.list().ofMaxSize(5),
            text(60).list().ofMaxSize(5),
            instants())
        .as(Coverage::new);
  }

  private static Arbitrary<Event> inventories() {
    return Combinators.combine(
            packages().list().ofMaxSize(20),
            Arbitraries.longs().greaterOrEqual(0),
            Arbitraries.of(true, false))
        .as(Event.PackageInventory::new);
  }

  static Arbitrary<ObservedEvent> events() {
    Arbitrary<Event> kinds =
        Arbitraries.oneOf(
            executions(),
            repetitions(),
            losses(),
            coverages().map(Event.CoverageChange::new),
            inventories(),
            loads(),
            actions());
    return Combinators.combine(instants().injectNull(0.3), instants(), kinds)
        .as(ObservedEvent::new);
  }

  static Arbitrary<HostFacts> hosts() {
    Arbitrary<@Nullable String> fact = text(40).injectNull(0.3);
    return Combinators.combine(
            fact,
            uuids().injectNull(0.3),
            fact,
            fact,
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.longs().greaterOrEqual(0),
            text(20).list().ofMaxSize(5),
            instants().injectNull(0.3))
        .as((name, boot, os, cpu, cpus, memory, addresses, booted) ->
            new HostFacts(
                name, os, boot, os, name, cpu, os, cpu, cpus, memory, name, addresses, booted));
  }
}
