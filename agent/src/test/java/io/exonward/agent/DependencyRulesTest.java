package io.exonward.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What may depend on what in the agent, read from the bytecode. */
class DependencyRulesTest {
  private static final JavaClasses AGENT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.exonward.agent");

  private static String in(String name) {
    return "io.exonward.agent." + name + "..";
  }

  @Test
  void agent_neverSeesTheServer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.exonward.server..")
        .check(AGENT);
  }

  @Test
  void nativeCode_onlyInLinux() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("linux"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.sun.jna..", "java.lang.foreign..")
        .check(AGENT);
  }

  @Test
  void oshi_onlyInEnrich() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("enrich"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("oshi..")
        .check(AGENT);
  }

  @Test
  void generatedProtoAndGrpc_onlyInStream() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("stream"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.exonward.v1..", "com.google.protobuf..", "io.grpc..")
        .check(AGENT);
  }

  @Test
  void linux_isTheGroundFloor() {
    noClasses()
        .that()
        .resideInAPackage(in("linux"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            in("sensor"),
            in("process"),
            in("inspect"),
            in("enrich"),
            in("decide"),
            in("spool"),
            in("stream"),
            in("health"),
            in("analyze"),
            in("cli"))
        .check(AGENT);
  }

  @Test
  void sensing_knowsNothingOfLaterStages() {
    noClasses()
        .that()
        .resideInAnyPackage(in("sensor"), in("process"), in("inspect"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            in("enrich"),
            in("decide"),
            in("spool"),
            in("stream"),
            in("health"),
            in("analyze"),
            in("cli"))
        .check(AGENT);
  }

  @Test
  void spool_knowsNothingOfTheStream() {
    noClasses()
        .that()
        .resideInAPackage(in("spool"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(in("stream"), in("sensor"), in("enrich"), in("decide"), in("cli"))
        .check(AGENT);
  }

  @Test
  void stream_knowsNothingOfSensors() {
    noClasses()
        .that()
        .resideInAPackage(in("stream"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(in("sensor"), in("inspect"), in("process"), in("linux"))
        .check(AGENT);
  }

  @Test
  void hostileCode_isParsedInTheChildAlone() {
    noClasses()
        .that()
        .haveNameNotMatching("io\\.exonward\\.agent\\.analyze\\.(ExtractionMain|Rehearsal)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.exonward.common.elf..",
            "io.exonward.common.gene.decode..",
            "io.exonward.common.gene.extract..")
        .check(AGENT);
  }
}
