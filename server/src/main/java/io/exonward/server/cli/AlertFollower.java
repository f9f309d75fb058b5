package io.exonward.server.cli;

import io.exonward.server.cli.client.EventStream;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.ServerEvent;
import io.exonward.server.cli.print.Printer;
import io.exonward.server.cli.print.View;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prints alerts as they come. The stream is opened before the list is read, and after a break both
 * are done again, so that nothing falls between; an alert that has not changed since it was printed
 * is not printed twice.
 *
 * <p>Not thread-safe.
 */
final class AlertFollower {
  /** Alerts whose printed state is remembered; an older one may be printed again after a break. */
  private static final int REMEMBERED = 10_000;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** ALERT, SEVERITY, STATUS, GROUP, HOSTS, COUNT, LAST; the title has what is left. */
  private static final List<Integer> WIDTHS = List.of(7, 13, 11, 12, 5, 7, 20);

  private static final int NARROWEST_TITLE = 20;

  private final Invocation invocation;
  private final Supplier<ObjectNode> list;
  private final Predicate<JsonNode> filter;
  private final Printer printer;
  private final View view = AlertCommands.view();
  private final int[] widths;
  private final Map<String, String> printed =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  AlertFollower(Invocation invocation, Supplier<ObjectNode> list, Predicate<JsonNode> filter) {
    this.invocation = invocation;
    this.list = list;
    this.filter = filter;
    this.printer = invocation.printer(true);
    this.widths = widths(printer.columns());
  }

  /** Returns once nobody reads the output any more; fails if the first connection fails. */
  void run() {
    EventStream first = invocation.api().openStream();
    printer.begin(view, widths);
    boolean isRead = printUntilEnd(first);
    while (isRead) {
      printer.message("the stream ended; connecting again");
      isRead = printUntilEnd(reconnect());
    }
  }

  private boolean printUntilEnd(EventStream stream) {
    try (stream) {
      List<JsonNode> present = Json.items(list.get(), "items").reversed();
      for (JsonNode alert : present) {
        if (!print(alert)) {
          return false;
        }
      }
      Optional<ServerEvent> event = stream.next();
      while (event.isPresent()) {
        if (event.get().type().equals("alert") && !print(Json.parse(event.get().data()))) {
          return false;
        }
        event = stream.next();
      }
      return true;
    }
  }

  private boolean print(JsonNode alert) {
    String state = alert.toString();
    String id = Json.textOr("", alert, "id");
    if (!filter.test(alert) || state.equals(printed.put(id, state))) {
      return true;
    }
    return printer.next(view, widths, alert);
  }

  private EventStream reconnect() {
    Duration pause = FIRST_PAUSE;
    while (true) {
      await(pause);
      try {
        return invocation.api().openStream();
      } catch (Failure e) {
        if (e.exitCode() != ExitCode.UNREACHABLE && e.exitCode() != ExitCode.REFUSED) {
          throw e;
        }
        printer.message(e.message());
      }
      pause = pause.multipliedBy(2);
      if (pause.compareTo(LONGEST_PAUSE) > 0) {
        pause = LONGEST_PAUSE;
      }
    }
  }

  private void await(Duration pause) {
    try {
      invocation.surroundings().pause().await(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.UNREACHABLE, "interrupted while waiting for the server", e);
    }
  }

  private int[] widths(int columns) {
    int[] all = new int[view.columns().size()];
    int left = columns;
    for (int i = 0; i < WIDTHS.size(); i++) {
      all[i] = WIDTHS.get(i);
      left -= all[i] + 2;
    }
    all[WIDTHS.size()] = Math.max(left, NARROWEST_TITLE);
    return all;
  }
}
