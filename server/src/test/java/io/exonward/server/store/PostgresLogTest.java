package io.exonward.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresLogTest {
  @TempDir Path folder;

  @Test
  void follow_moreThanTheLimit_keepsTwoBoundedFilesAndTheLastLines() throws Exception {
    String lines = ("x".repeat(999) + "\n").repeat(11_000) + "the end\n";
    PostgresLog log = new PostgresLog(folder.resolve("postgres.log"));

    log.follow(new ByteArrayInputStream(lines.getBytes(StandardCharsets.US_ASCII))).join();

    assertTrue(log.tail().endsWith("\nthe end"));
    assertEquals(20, log.tail().lines().count());
    assertTrue(Files.size(folder.resolve("postgres.log")) <= (4 << 20) + 5000);
    assertTrue(Files.size(folder.resolve("postgres.log.1")) <= (4 << 20) + 5000);
    assertTrue(Files.readString(folder.resolve("postgres.log")).endsWith("the end\n"));
  }
}
