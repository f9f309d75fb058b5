package io.exonward.agent.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolCrashTest {
  @TempDir Path directory;

  /** Kills a process that fills a spool, and looks for everything that it had called durable. */
  @ParameterizedTest
  @ValueSource(ints = {1, 40, 300})
  void open_afterKill_hasEverythingThatWasDurable(int reports) throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String lastReport = "";
    try (BufferedReader out = child.inputReader()) {
      for (int i = 0; i < reports; i++) {
        String line = out.readLine();
        assertTrue(line != null, "the writer ended early");
        lastReport = line;
      }
      // The handle, because Process.destroy also closes the pipe that is still to be read.
      child.toHandle().destroyForcibly();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lastReport = line.endsWith(".") ? line : lastReport;
      }
    }

    try (Spool spool = Spool.open(directory, Writer.LIMITS, InstantSource.system())) {
      String[] parts = lastReport.replace(".", "").split(" ", -1);
      long durable = Long.parseLong(parts[1]);
      List<SpoolRecord> records = SpoolFixture.readAll(spool);
      assertEquals(UUID.fromString(parts[0]), spool.epoch());
      assertTrue(records.size() >= durable, records.size() + " of " + durable);
      for (int i = 0; i < durable; i++) {
        assertEquals(i + 1, records.get(i).sequence());
        assertEquals("event " + (i + 1), SpoolFixture.text(records.get(i)));
      }
    }
  }

  /** The process that is killed: writes and says what is durable, for ever. */
  static final class Writer {
    static final SpoolLimits LIMITS = new SpoolLimits(64 << 20, 256 << 10);

    private Writer() {}

    public static void main(String[] args) throws IOException {
      Spool spool = Spool.open(Path.of(args[0]), LIMITS, InstantSource.system());
      spool.onDurable(() -> {
        System.out.println(spool.epoch() + " " + spool.usage().durableSequence() + ".");
        System.out.flush();
      });
      for (long number = 1; number < 1_500_000; number++) {
        boolean isUrgent = number % 50 == 0;
        long sequence =
            spool.append(
                isUrgent ? Priority.URGENT : Priority.NORMAL, SpoolFixture.payload(number));
        if (number % 1000 == 0) {
          SpoolFixture.awaitDurable(spool, sequence);
        }
      }
    }
  }
}
