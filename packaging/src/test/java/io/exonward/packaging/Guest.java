package io.exonward.packaging;

import io.exonward.agent.spool.Spool;
import io.exonward.agent.spool.SpoolCursor;
import io.exonward.agent.spool.SpoolLimits;
import io.exonward.agent.spool.SpoolRecord;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.wire.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a machine with another kernel left behind; {@code guest/init} says what happened there. The
 * processor is emulated, so that this works where no hypervisor is.
 *
 * @param folder where its reports and its agent's spool lie
 * @param console what it printed
 */
record Guest(Path folder, String console) {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final JsonMapper JSON = new JsonMapper();

  /** Boots and waits until it powers itself off. */
  static Guest boot(GuestKernel kernel, Path image, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path console = folder.resolve("console.log");
    Path sent = folder.resolve("sent.tar");
    List<String> command =
        new ArrayList<>(
            List.of("qemu-system-x86_64", "-accel", "tcg,thread=multi", "-smp", "2", "-m", "1024"));
    command.addAll(List.of("-display", "none", "-monitor", "none", "-nic", "none", "-no-reboot"));
    command.addAll(List.of("-kernel", kernel.image().toString(), "-initrd", image.toString()));
    command.addAll(List.of("-append", "console=ttyS0 quiet panic=-1"));
    command.addAll(List.of("-serial", "file:" + console, "-serial", "file:" + sent));
    Command.Result result = Command.run(command, LIMIT);
    String printed = Files.readString(console);
    if (result.code() != 0 || !printed.contains("guest: all sent")) {
      throw new AssertionError("the guest did not end well: " + result + "\n" + printed);
    }
    Command.run(List.of("tar", "-xf", sent.toString(), "-C", folder.toString())).orThrow();
    return new Guest(folder, printed);
  }

  /** What {@code exon-agent status} said in a round. */
  JsonNode status(String round) throws IOException {
    return JSON.readTree(Files.readString(folder.resolve("report/" + round + ".json")));
  }

  /** What the agent would have sent to a server, from all rounds. */
  List<ObservedEvent> events() throws IOException {
    List<ObservedEvent> events = new ArrayList<>();
    try (Spool spool =
            Spool.open(
                folder.resolve("state/spool"), SpoolLimits.ofBytes(64 << 20), Clock.systemUTC());
        SpoolCursor cursor = spool.cursor(0)) {
      List<SpoolRecord> records = cursor.read(1000, 1 << 20);
      while (!records.isEmpty()) {
        for (SpoolRecord read : records) {
          byte[] event = EventCodec.withSequence(read.payload(), read.sequence());
          events.add(EventCodec.decode(event).event());
        }
        records = cursor.read(1000, 1 << 20);
      }
    }
    return events;
  }
}
