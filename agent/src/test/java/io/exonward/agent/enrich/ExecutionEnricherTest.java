package io.exonward.agent.enrich;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.exonward.agent.inspect.Inspection;
import io.exonward.agent.process.ProcessTable;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEvent.Exec;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.process.ProcessId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExecutionEnricherTest {
  @TempDir Path root;

  @Test
  void complete_pathNotResolved_nameGivenToExecveDoesNotPassForIt() {
    ProcessTable table = ProcessTable.ofDefaultSize();
    ExecutionEnricher enricher =
        new ExecutionEnricher(
            table,
            new Containers(root),
            new UserNames(root.resolve("passwd"), Clock.systemUTC()),
            new DpkgDatabase(root, Clock.systemUTC()));
    ProcessId process = new ProcessId(new UUID(1, 2), 3, 4);
    Exec exec =
        new Exec(
            false,
            process,
            null,
            new KernelEvent.Circumstances(
                0, 0, CodeOrigin.FILE, null, "/usr/bin/../../home/mallory/x", null, 0, 0, false),
            List.of(),
            false,
            null,
            Instant.EPOCH);
    Inspection inspection =
        new Inspection(new ContentHash.Missing(HashAbsence.PROCESS_GONE), null, null, null);

    assertNull(enricher.complete(enricher.begin(exec), inspection).executable());
    assertNull(table.find(process).orElseThrow().executable());
  }
}
