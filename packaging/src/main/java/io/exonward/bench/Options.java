package io.exonward.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code packaging/bench} was asked for.
 *
 * @param scripts {@code packaging/benchmark}
 * @param work programs and files of the loads, readable by all, writable by root alone
 * @param output where results go
 * @param data folder of {@code packaging/up}, with the server
 * @param subjects in the order of the table; "none" is not among them
 * @param executions of each storm
 * @param warmUp executions before anything of a subject is measured
 * @param idleSeconds how long idleness is watched; 0 for not at all
 * @param longRun executions of the one long run; 0 for rounds
 */
record Options(
    Path scripts,
    Path work,
    Path output,
    Path data,
    List<String> subjects,
    List<Load> loads,
    int rounds,
    int executions,
    int warmUp,
    int idleSeconds,
    long longRun) {

  /** Reads arguments of the form {@code name=value}; the script has checked them. */
  static Options parse(String[] arguments) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      int end = argument.indexOf('=');
      given.put(argument.substring(0, end), argument.substring(end + 1));
    }
    return new Options(
        Path.of(text(given, "scripts")),
        Path.of(text(given, "work")),
        Path.of(text(given, "output")),
        Path.of(text(given, "data")),
        words(text(given, "subjects")),
        words(text(given, "loads")).stream().map(Load::named).toList(),
        Integer.parseInt(text(given, "rounds")),
        Integer.parseInt(text(given, "executions")),
        Integer.parseInt(text(given, "warm-up")),
        Integer.parseInt(text(given, "idle")),
        Long.parseLong(text(given, "long-run")));
  }

  private static String text(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name + " given");
    }
    return value;
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split(" +", -1));
  }

  /** The same with storms of another size. */
  Options withExecutions(int other) {
    return new Options(
        scripts, work, output, data, subjects, loads, rounds, other, warmUp, idleSeconds, longRun);
  }

  /** One of the programs that the script compiled. */
  String program(String name) {
    return work.resolve("bin").resolve(name).toString();
  }
}
