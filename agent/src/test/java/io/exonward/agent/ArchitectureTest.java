package io.exonward.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sources take nothing for granted that x86-64 and arm64 do differently. */
class ArchitectureTest {
  private static final Path SOURCES = Path.of("src/main/java").toAbsolutePath();

  /** What differs, and what to write instead. */
  enum Difference {
    /** linux arch/arm64/include/uapi/asm/fcntl.h: these four flags have other values there. */
    OPEN_FLAGS("\\bO_(DIRECTORY|NOFOLLOW|DIRECT|LARGEFILE)\\s*="),
    /** Pages have 4, 16 or 64 KiB: Kernel.pageBytes tells. */
    PAGE_SIZE("(?i)\\bPAGE_?(SIZE|BYTES|SHIFT|MASK)\\s*=\\s*[0-9(]"),
    /** struct epoll_event is packed on x86-64 only: Poller uses poll. */
    EPOLL("\\bepoll_(create1?|ctl|p?wait2?)\\b"),
    /** Only numbers from 424 on are the same everywhere: the C library knows the others. */
    SYSTEM_CALL_NUMBERS("\\b(SYS|NR)_\\w+\\s*=\\s*(\\d{1,2}|[0-3]\\d\\d|4[01]\\d|42[0-3])\\b"),
    /** Laid out differently by architecture: statx and statfs by their words instead. */
    STAT("\\bnative int f?l?stat\\("),
    /** What is meant by it lies in a property of the kernel or of the object. */
    NAMES("(?i)\"[^\"]*\\b(x86|amd64|x86_64)\\b[^\"]*\"");

    private final Pattern pattern;

    Difference(String pattern) {
      this.pattern = Pattern.compile(pattern);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sources_doNotRelyOn(Difference difference) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
        for (String line : Files.readAllLines(file)) {
          if (difference.pattern.matcher(line).find()) {
            found.add(SOURCES.relativize(file) + ": " + line.strip());
          }
        }
      }
    }

    assertEquals(List.of(), found);
  }

  @ParameterizedTest
  @EnumSource
  void pattern_findsItsExample(Difference difference) {
    String example =
        switch (difference) {
          case OPEN_FLAGS -> "static final int O_NOFOLLOW = 0400000;";
          case PAGE_SIZE -> "private static final int PAGE_BYTES = 4096;";
          case EPOLL -> "static native int epoll_wait(int fd, byte[] events, int max, int millis);";
          case SYSTEM_CALL_NUMBERS -> "private static final int SYS_BPF = 321;";
          case STAT -> "static native int fstat(int fd, byte[] buffer);";
          case NAMES -> "if (architecture.equals(\"amd64\"))";
        };

    assertEquals(true, difference.pattern.matcher(example).find());
  }
}
