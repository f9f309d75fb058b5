package io.exonward.agent.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConfinementTest {
  @TempDir Path directory;

  @Test
  void enter_whatWorkedBefore_isRefusedAfterwards() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Process probe =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ConfinedProbe.class.getName(),
                  Integer.toString(server.getLocalPort()),
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String output =
          new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

      assertEquals(0, probe.waitFor());
      assertEquals(
          List.of("Seccomp:\t0", "connect", "start", "read", "confined", "thread"),
          output.lines().toList());
    }
  }
}
