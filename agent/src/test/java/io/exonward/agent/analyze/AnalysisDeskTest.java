package io.exonward.agent.analyze;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.exonward.agent.health.Counters;
import io.exonward.agent.stream.Analyst.Answer;
import io.exonward.agent.stream.Analyst.Question;
import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.gene.GeneSetCodec;
import io.exonward.common.gene.extract.Extraction;
import io.exonward.common.gene.extract.GeneExtractor;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AnalysisDeskTest {
  private static final Path SMALL_PROGRAM = Path.of("/usr/bin/true");

  /** No rest between two questions. */
  private static final int WHOLE_PROCESSOR = 100;

  @TempDir Path directory;

  private final KnownCode known = new KnownCode();
  private final Counters counters = new Counters();
  private final AnalysisDesk desk =
      new AnalysisDesk(known, WHOLE_PROCESSOR, counters, Clock.systemUTC());

  @BeforeEach
  void start() {
    desk.start();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private static Sha256 hash(byte[] content) throws Exception {
    return Sha256.of(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private Sha256 reported(Path file) throws Exception {
    return reported(file, ProcessHandle.current().pid());
  }

  private Sha256 reported(Path file, long pid) throws Exception {
    byte[] content = Files.readAllBytes(file);
    Sha256 sha256 = hash(content);
    known.reported(
        new Event.Execution(
            false,
            new ProcessId(new UUID(1, 2), (int) pid, 1),
            new User(0, 0, "root"),
            file.toString(),
            List.of(file.toString()),
            false,
            null,
            new Code(CodeOrigin.FILE, new ContentHash.Known(sha256), null, null),
            List.of(),
            null,
            null));
    return sha256;
  }

  private Answer ask(Sha256 sha256, Instant expiresAt) throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    desk.analyze(new Question(sha256, expiresAt), answer::complete);
    return answer.get(100, TimeUnit.SECONDS);
  }

  private Answer ask(Sha256 sha256) throws Exception {
    return ask(sha256, Instant.now().plusSeconds(600));
  }

  private static void assertRefused(String why, Answer answer) {
    assertEquals(why, assertInstanceOf(Answer.Refused.class, answer).why());
  }

  @Test
  void analyze_reportedProgram_hasTheGenesOfItsBytes() throws Exception {
    Path program = Files.copy(SMALL_PROGRAM, directory.resolve("program"));
    Answer answer = ask(reported(program));

    var own = new GeneExtractor(ExtractionMain.LIMITS).extract(Files.readAllBytes(program));
    byte[] expected =
        GeneSetCodec.encode(assertInstanceOf(Extraction.Extracted.class, own).genes());
    assertArrayEquals(expected, assertInstanceOf(Answer.Genes.class, answer).encoded());
    assertEquals(1, counters.counts().get("analyses"));
  }

  @Test
  void analyze_nameOfAnInterpretersText_saysThatItIsNotCode() throws Exception {
    assertRefused(
        "not code", ask(reported(Files.writeString(directory.resolve("s"), "#!/bin/sh\n"))));
  }

  @Test
  void analyze_neverReported_isRefused() throws Exception {
    assertRefused("not reported by this agent", ask(hash(Files.readAllBytes(SMALL_PROGRAM))));
    assertEquals(1, counters.counts().get("analyses_refused"));
  }

  @Test
  void analyze_changedSinceItWasReported_isRefused() throws Exception {
    Path program = Files.copy(SMALL_PROGRAM, directory.resolve("program"));
    Sha256 sha256 = reported(program);
    Files.writeString(program, "x", StandardOpenOption.APPEND);

    assertRefused("changed", ask(sha256));
  }

  @Test
  void analyze_deletedSinceItWasReported_isRefused() throws Exception {
    Path program = Files.copy(SMALL_PROGRAM, directory.resolve("program"));
    Sha256 sha256 = reported(program);
    Files.delete(program);

    assertRefused("not here any more", ask(sha256));
  }

  @Test
  void analyze_deletedProgramThatStillRuns_isReadFromItsProcess() throws Exception {
    Path program = Files.copy(Path.of("/usr/bin/cat"), directory.resolve("program"));
    Process running = new ProcessBuilder(program.toString()).start();
    try {
      Sha256 sha256 = reported(program, running.pid());
      Files.delete(program);

      assertInstanceOf(Answer.Genes.class, ask(sha256));
    } finally {
      running.destroyForcibly().waitFor();
    }
  }

  @Test
  void analyze_lateQuestion_isRefused() throws Exception {
    Path program = Files.copy(SMALL_PROGRAM, directory.resolve("program"));

    assertRefused("expired", ask(reported(program), Instant.now().minusSeconds(1)));
  }

  @Test
  void analyze_noShareOfAProcessor_isNotSupported() throws Exception {
    try (AnalysisDesk idle = new AnalysisDesk(known, 0, counters, Clock.systemUTC())) {
      idle.start();
      CompletableFuture<Answer> answer = new CompletableFuture<>();
      idle.analyze(
          new Question(reported(SMALL_PROGRAM), Instant.now().plusSeconds(600)), answer::complete);

      assertFalse(idle.isAvailable());
      assertRefused("not supported", answer.getNow(new Answer.Refused("no answer")));
    }
  }
}
