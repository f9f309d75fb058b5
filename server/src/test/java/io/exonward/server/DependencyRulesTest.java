package io.exonward.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may depend on what in the server, read from the bytecode. */
class DependencyRulesTest {
  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.exonward.server");

  private static String in(String name) {
    return "io.exonward.server." + name + "..";
  }

  @Test
  void server_neverSeesTheAgent() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.exonward.agent..")
        .check(SERVER);
  }

  @Test
  void domain_isFreeOfTransportAndStorage() {
    noClasses()
        .that()
        .resideInAnyPackage(
            in("identity"),
            in("inventory"),
            in("coverage"),
            in("policy"),
            in("gene"),
            in("detect"),
            in("alert"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.grpc..",
            "io.netty..",
            "com.google.protobuf..",
            "io.exonward.v1..",
            "java.sql..",
            "javax.sql..",
            "org.jdbi..",
            "org.postgresql..",
            "io.javalin..",
            "org.eclipse.jetty..")
        .check(SERVER);
  }

  @Test
  void generatedProtoAndGrpc_onlyInIngest() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("ingest"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.exonward.v1..", "com.google.protobuf..", "io.grpc..")
        .check(SERVER);
  }

  @Test
  void databaseAccess_onlyInStore() {
    noClasses()
        .that()
        .resideOutsideOfPackage(in("store"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.jdbi..", "com.zaxxer..", "org.flywaydb..", "org.postgresql..")
        .check(SERVER);
  }

  @Test
  void http_onlyInApi() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("api"), in("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .check(SERVER);
  }

  /** The flow inventory, policy, detect, alert, then ingest and api: nobody looks downstream. */
  @ParameterizedTest
  @CsvSource({
    "identity,  policy detect alert ingest api store cli",
    "inventory, identity coverage policy gene detect alert ingest api store cli",
    "coverage,  identity policy gene detect alert ingest api store cli",
    "policy,    identity gene detect alert ingest api store cli",
    "gene,      identity coverage policy detect alert ingest api store cli",
    "detect,    identity alert ingest api store cli",
    "alert,     identity ingest api store cli",
    "ingest,    api store cli",
    "api,       ingest store cli",
    "store,     ingest api cli",
  })
  void stage_neverLooksDownstream(String stage, String downstream) {
    String[] packages =
        java.util.Arrays.stream(downstream.split(" "))
            .map(DependencyRulesTest::in)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(in(stage))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(SERVER);
  }

  @Test
  void exonctl_usesNothingElseOfTheServer() {
    noClasses()
        .that()
        .resideInAPackage(in("cli"))
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are of the server outside cli",
                type ->
                    type.getPackageName().startsWith("io.exonward.server")
                        && !type.getPackageName().startsWith("io.exonward.server.cli")))
        .check(SERVER);
  }
}
