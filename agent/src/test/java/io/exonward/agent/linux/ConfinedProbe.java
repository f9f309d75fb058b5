package io.exonward.agent.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Enters confinement, then tries what code that was taken over would, and prints what worked. */
public final class ConfinedProbe {
  private ConfinedProbe() {}

  private interface Attempt {
    void make() throws Exception;
  }

  private record Named(String name, Attempt attempt) {}

  /**
   * The port is one that listens on loopback; the file is one that all may read.
   *
   * @param arguments a port and a path
   */
  public static void main(String[] arguments) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int port = Integer.parseInt(arguments[0]);
    Path file = Path.of(arguments[1]);
    List<Named> attempts =
        List.of(
            new Named("connect", () -> new Socket(loopback, port).close()),
            new Named("start", () -> new ProcessBuilder("/bin/true").start().waitFor()),
            new Named("read", () -> Files.readString(file)),
            new Named("create", () -> Files.writeString(file.resolveSibling("new"), "x")),
            new Named("delete", () -> Files.delete(file)));
    String before = Files.readString(Path.of("/proc/self/status"));
    try (Stream<String> lines = before.lines()) {
      lines.filter(line -> line.startsWith("Seccomp:")).forEach(System.out::println);
    }
    tryAll(attempts.subList(0, 3));
    Confinement.enter();
    System.out.println("confined");
    tryAll(attempts);
    Thread thread = new Thread(() -> System.out.println("thread"));
    thread.start();
    thread.join();
  }

  private static void tryAll(List<Named> attempts) {
    for (Named each : attempts) {
      try {
        each.attempt.make();
        System.out.println(each.name);
      } catch (IOException | SecurityException e) {
        // what the kernel refused does not print its name
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
