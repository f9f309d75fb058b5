package io.exonward.packaging;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The agent on the distribution's own kernel, in an emulated machine: once with the kernel's type
 * information (BTF), once with that hidden, where eBPF cannot start.
 */
@Tag("machine")
class AnotherKernelTest {
  private static final int RUNS = 100;

  @TempDir private static Path folder;

  private static GuestKernel kernel;
  private static Guest guest;
  private static List<ObservedEvent> events;
  private static Sha256 markerWithBtf;
  private static Sha256 markerWithoutBtf;
  private static Sha256 lingering;

  @BeforeAll
  static void boot() throws IOException {
    kernel = GuestKernel.fetch();
    GuestImage image = new GuestImage(folder.resolve("root"));
    Tester tester = new Tester(folder);
    image.addSystem(kernel);
    image.add(tester.compiled("burst"), "opt/burst");
    markerWithBtf = add(image, tester.unseen("marker"), "opt/marker-btf");
    markerWithoutBtf = add(image, tester.unseen("marker"), "opt/marker-nobtf");
    Path busybox = tester.variant(Path.of("/bin/busybox"));
    lingering = add(image, busybox, "opt/busybox-nobtf");

    guest = Guest.boot(kernel, image.pack(), folder.resolve("guest"));

    events = guest.events();
  }

  private static Sha256 add(GuestImage image, Path program, String place) throws IOException {
    image.add(program, place);
    return Sha256.digest(Files.readAllBytes(program));
  }

  /** How often each last argument was reported of executions of this content, "" where unknown. */
  private static Map<String, Long> runs(Sha256 content) {
    Map<String, Long> runs = new HashMap<>();
    for (ObservedEvent observed : events) {
      switch (observed.event()) {
        case Event.Execution e when isOf(e.code().hash(), content) ->
            runs.merge(last(e.commandLine()), 1L, Long::sum);
        case Event.Repetition r when isOf(r.code().hash(), content) -> {
          long described = 0;
          for (Event.Run run : r.runs()) {
            described += run.count();
            runs.merge(last(run.commandLine()), run.count(), Long::sum);
          }
          if (r.count() > described) {
            runs.merge("", r.count() - described, Long::sum);
          }
        }
        default -> {}
      }
    }
    return runs;
  }

  private static boolean isOf(ContentHash hash, Sha256 content) {
    return hash.findSha256().filter(content::equals).isPresent();
  }

  private static String last(List<String> commandLine) {
    return commandLine.isEmpty() ? "" : commandLine.getLast();
  }

  private static Map<String, Long> eachOnce(int from, int to, String prefix) {
    return IntStream.rangeClosed(from, to)
        .boxed()
        .collect(Collectors.toMap(number -> prefix + number, _ -> 1L));
  }

  private static JsonNode sensor(String round, String name) throws IOException {
    return guest
        .status(round)
        .path("coverage")
        .path("sensors")
        .valueStream()
        .filter(sensor -> sensor.path("sensor").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> blindSpots(String round) throws IOException {
    return guest
        .status(round)
        .path("coverage")
        .path("blind_spots")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  @Test
  void guest_runsTheOtherKernel() throws IOException {
    assertTrue(guest.console().contains("guest: " + kernel.release() + " booted"));
    assertNotEquals(Files.readString(Path.of("/proc/sys/kernel/osrelease")), kernel.release());
  }

  @Test
  void withBtf_everythingIsSeen() throws IOException {
    assertAll(
        () -> assertEquals("full", guest.status("btf").path("coverage").path("level").asString()),
        () -> assertEquals("running", sensor("btf", "ebpf").path("state").asString()),
        () -> assertEquals("running", sensor("btf", "fanotify").path("state").asString()),
        () -> assertEquals("running", sensor("btf", "actions").path("state").asString()),
        () -> assertTrue(blindSpots("btf").stream().noneMatch(spot -> spot.contains("refuses"))),
        () -> assertEquals(0, sensor("btf", "ebpf").path("losses").asInt()));
  }

  @Test
  void withBtf_eachRunIsReportedOnceWithItsHash() {
    assertEquals(eachOnce(1, RUNS, ""), runs(markerWithBtf));
  }

  @Test
  void withBtf_moduleThatIsLoadedIsReportedOnce() {
    List<Event.Action> loaded =
        events.stream()
            .map(ObservedEvent::event)
            .filter(Event.Action.class::isInstance)
            .map(Event.Action.class::cast)
            .filter(action -> action.kind() == ActionKind.MODULE_LOADED)
            .toList();

    assertEquals(1, loaded.size(), loaded::toString);
    assertEquals(1, loaded.getFirst().count());
  }

  @Test
  void withoutBtf_theNextTierRunsAndSaysWhatItCannotSee() throws IOException {
    JsonNode coverage = guest.status("nobtf").path("coverage");
    List<String> added = new ArrayList<>(blindSpots("nobtf"));
    added.removeAll(blindSpots("btf"));

    assertAll(
        () -> assertEquals("reduced", coverage.path("level").asString()),
        () -> assertEquals("unavailable", sensor("nobtf", "ebpf").path("state").asString()),
        () -> assertFalse(sensor("nobtf", "ebpf").path("detail").asString("").isEmpty()),
        () -> assertEquals("running", sensor("nobtf", "connector").path("state").asString()),
        () -> assertTrue(added.stream().anyMatch(spot -> spot.contains("short-lived"))));
  }

  @Test
  void withoutBtf_whatLivesIsReportedOnceWithItsHash() {
    assertEquals(eachOnce(10, 19, "2."), runs(lingering));
  }

  @Test
  void withoutBtf_whatEndsAtOnceIsCountedOrReportedLost() {
    long named = runs(markerWithoutBtf).values().stream().mapToLong(Long::longValue).sum();
    long nameless = 0;
    long lost = 0;
    for (ObservedEvent observed : events) {
      switch (observed.event()) {
        case Event.Execution e when e.code().hash().findSha256().isEmpty() -> nameless++;
        case Event.Repetition r when r.code().hash().findSha256().isEmpty() ->
            nameless += r.count();
        case Event.Loss loss when loss.cause() != LossCause.AGENT_DOWN -> lost += loss.count();
        default -> {}
      }
    }
    String seen = named + " named, " + nameless + " nameless, " + lost + " lost";

    assertTrue(named <= RUNS, seen);
    assertTrue(named + nameless + lost >= RUNS, seen);
  }
}
