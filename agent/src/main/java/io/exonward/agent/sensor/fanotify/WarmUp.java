package io.exonward.agent.sensor.fanotify;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.Fanotify;
import io.exonward.agent.linux.NativeException;
import io.exonward.agent.linux.Poller;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a group answer questions about a file of our own, until Java has compiled what answers. The
 * first answer of a cold one takes 12-18 ms, which no execution shall wait for.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final int QUESTIONS = 2000; // the compiler looks at what was called 200 times

  private WarmUp() {}

  /** Takes about 50 ms; leaves no mark behind. */
  static void run(Fanotify group) {
    try (Descriptor file = Descriptor.ofMemory("exonward-warm-up")) {
      group.markFile(file, Fanotify.OPEN_PERM);
      FutureTask<Void> asking = new FutureTask<>(() -> ask(file), null);
      Thread.ofPlatform().name("fanotify-warm-up").daemon().start(asking);
      answer(group, asking);
      group.unmarkFiles();
    } catch (NativeException e) {
      LOG.atDebug().addKeyValue("error", e).log("answers are not warmed up");
    }
  }

  private static void ask(Descriptor file) {
    for (int i = 0; i < QUESTIONS; i++) {
      Descriptor.openForReading(file.path()).close();
    }
  }

  private static void answer(Fanotify group, FutureTask<Void> asking) {
    Fanotify.Batch batch = new Fanotify.Batch();
    Fanotify.Reader closing = new ClosingReader();
    Poller poller = new Poller(group.number());
    while (!asking.isDone()) {
      poller.await(10);
      group.read(batch, closing);
    }
  }
}
