package io.exonward.common;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What may depend on what in common, read from the bytecode. */
class DependencyRulesTest {
  private static final JavaClasses COMMON =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.exonward.common");

  @Test
  void common_neverSeesAgentOrServer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.exonward.agent..", "io.exonward.server..")
        .check(COMMON);
  }

  @Test
  void generatedProto_onlyInWire() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.exonward.common.wire..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.exonward.v1..", "com.google.protobuf..", "io.grpc..")
        .check(COMMON);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("io.exonward.common.(*)..").should().beFreeOfCycles().check(COMMON);
  }

  @Test
  void values_doNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.exonward.common.event..",
            "io.exonward.common.process..",
            "io.exonward.common.file..",
            "io.exonward.common.policy..",
            "io.exonward.common.attack..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.net..", "java.nio.file..")
        .check(COMMON);
  }
}
