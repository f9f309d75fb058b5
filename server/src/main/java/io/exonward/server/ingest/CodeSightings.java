package io.exonward.server.ingest;

import io.exonward.common.event.Code;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Event;
import io.exonward.server.gene.Sighting;
import io.exonward.server.inventory.InventoryStore.ReportedCode;
import io.exonward.server.inventory.InventoryStore.ReportedLoad;
import java.util.List;
import java.util.stream.Stream;

/** The code of a batch that may have genes. */
final class CodeSightings {
  private CodeSightings() {}

  /** Scripts have none, and what an interpreter opens can be anything. */
  static List<Sighting> of(ReportedCode reported) {
    return Stream.concat(
            reported.executions().stream().map(it -> it.execution().code()),
            reported.loads().stream()
                .map(ReportedLoad::load)
                .filter(CodeSightings::isMachineCode)
                .map(Event.CodeLoad::code))
        .flatMap(CodeSightings::sighting)
        .distinct()
        .toList();
  }

  private static boolean isMachineCode(Event.CodeLoad load) {
    return load.kind() != CodeLoadKind.SCRIPT && load.kind() != CodeLoadKind.OPENED;
  }

  private static Stream<Sighting> sighting(Code code) {
    return code.hash().findSha256().stream().map(sha256 -> new Sighting(sha256, code.owner()));
  }
}
