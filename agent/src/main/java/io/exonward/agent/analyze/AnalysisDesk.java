package io.exonward.agent.analyze;

import io.exonward.agent.health.Counters;
import io.exonward.agent.health.Counters.Counter;
import io.exonward.agent.linux.Kernel;
import io.exonward.agent.stream.Analyst;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Answers one question after the other, after all others have run, and rests in between for as long
 * as keeps it within its share of a processor. Thread-safe.
 */
public final class AnalysisDesk implements Analyst, AutoCloseable {
  private static final int WAITING = 64;
  private static final int LOWEST_PRIORITY = 19;
  private static final long MAX_REST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final BlockingQueue<Task> tasks = new ArrayBlockingQueue<>(WAITING);
  private final KnownCode known;
  private final int cpuPercent;
  private final Counters counters;
  private final Clock clock;
  private final Thread thread = new Thread(this::run, "analyses");

  private record Task(Question question, Consumer<Answer> answer) {}

  /**
   * @param cpuPercent of one processor, from 1; 0 for no analyses at all
   */
  public AnalysisDesk(KnownCode known, int cpuPercent, Counters counters, Clock clock) {
    this.known = known;
    this.cpuPercent = cpuPercent;
    this.counters = counters;
    this.clock = clock;
    thread.setDaemon(true);
  }

  /** Begins to work. */
  public void start() {
    if (isAvailable()) {
      thread.start();
    }
  }

  @Override
  public boolean isAvailable() {
    return cpuPercent > 0;
  }

  @Override
  public void analyze(Question question, Consumer<Answer> answer) {
    if (!isAvailable()) {
      refuse(answer, "not supported");
    } else if (!tasks.offer(new Task(question, answer))) {
      refuse(answer, "busy");
    }
  }

  private void refuse(Consumer<Answer> answer, String why) {
    counters.add(Counter.ANALYSES_REFUSED, 1);
    answer.accept(new Answer.Refused(why));
  }

  private void run() {
    Kernel.setNice(LOWEST_PRIORITY);
    try (CodeSource source = new CodeSource()) {
      while (!Thread.currentThread().isInterrupted()) {
        Task task = tasks.take();
        long started = System.nanoTime();
        answer(task, source);
        // what the child used is not told to its parent, but it used no more than this
        long used = System.nanoTime() - started;
        TimeUnit.NANOSECONDS.sleep(
            Math.min(MAX_REST_NANOS, used * (100 - cpuPercent) / cpuPercent));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void answer(Task task, CodeSource source) {
    Question question = task.question();
    if (clock.instant().isAfter(question.expiresAt())) {
      refuse(task.answer(), "expired");
      return;
    }
    KnownCode.Place place = known.find(question.sha256()).orElse(null);
    if (place == null) {
      refuse(task.answer(), "not reported by this agent");
      return;
    }
    switch (source.open(place, question.sha256(), ExtractionMain.MAX_INPUT_BYTES)) {
      case CodeSource.Found.Refused refused -> refuse(task.answer(), refused.why());
      case CodeSource.Found.Same same -> {
        try (var file = same.file()) {
          answer(task, new Extractor().extract(file));
        }
      }
    }
  }

  private void answer(Task task, Extractor.Result result) {
    switch (result) {
      case Extractor.Result.Refused refused -> refuse(task.answer(), refused.why());
      case Extractor.Result.Genes genes -> {
        counters.add(Counter.ANALYSES, 1);
        task.answer().accept(new Answer.Genes(genes.encoded()));
      }
    }
  }

  /** Gives up what is under way. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
