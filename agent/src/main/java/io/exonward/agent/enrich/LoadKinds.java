package io.exonward.agent.enrich;

import io.exonward.agent.sensor.KernelEvent.Load;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.process.ProcessSummary;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a load is, seen from the command line of the process that loads. A command line that was
 * cut, or an operand that is a symbolic link, is not recognized: then a script counts as opened.
 */
final class LoadKinds {
  /** Names of dynamic loaders. // man 8 ld.so */
  private static final Pattern LOADER = Pattern.compile(".*/ld(-[^/]*)?\\.so(\\.[0-9]+)?");

  private static final Pattern LIBRARY = Pattern.compile(".*\\.so(\\.[0-9.]+)?");

  /** Options of the dynamic loader that take the next word. // man 8 ld.so */
  private static final Set<String> LOADER_OPTIONS =
      Set.of(
          "--library-path",
          "--preload",
          "--audit",
          "--argv0",
          "--inhibit-rpath",
          "--glibc-hwcaps-prepend",
          "--glibc-hwcaps-mask");

  private LoadKinds() {}

  /** The kind of a load, better known than the kernel side can. */
  static CodeLoadKind of(Load load, ProcessSummary loader) {
    String path = load.path();
    return switch (load.kind()) {
      case OPENED ->
          isOperand(path, loader.commandLine(), Set.of())
              ? CodeLoadKind.SCRIPT
              : CodeLoadKind.OPENED;
      case LIBRARY -> isProgram(path, loader) ? CodeLoadKind.PROGRAM : CodeLoadKind.LIBRARY;
      case PROGRAM, INTERPRETER, SCRIPT -> load.kind();
    };
  }

  private static boolean isProgram(@Nullable String path, ProcessSummary loader) {
    String executable = loader.executable();
    if (executable == null || !LOADER.matcher(executable).matches()) {
      return false;
    }
    boolean isNamed = isOperand(path, loader.commandLine(), LOADER_OPTIONS);
    return isNamed || (path != null && !LIBRARY.matcher(path).matches());
  }

  /** Whether the first word that is no option names the file. */
  private static boolean isOperand(
      @Nullable String path, @Nullable String commandLine, Set<String> optionsWithWord) {
    if (path == null || commandLine == null) {
      return false;
    }
    String[] words = commandLine.split(" ", -1);
    for (int i = 1; i < words.length; i++) {
      if (optionsWithWord.contains(words[i])) {
        i++;
      } else if (!words[i].startsWith("-")) {
        return isNameOf(words[i], path);
      }
    }
    return false;
  }

  private static boolean isNameOf(String word, String path) {
    String name = word;
    while (name.startsWith("./") || name.startsWith("../")) {
      name = name.substring(name.indexOf('/') + 1);
    }
    return !name.isEmpty()
        && (path.equals(name) || path.endsWith("/" + name) || isMerged(name, path));
  }

  /** Whether the name leads through a link like /bin to the same place below /usr. */
  private static boolean isMerged(String name, String path) {
    return name.startsWith("/") && path.equals("/usr" + name);
  }
}
