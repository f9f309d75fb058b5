package io.exonward.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.elf.Architecture;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.GeneSetCodec;
import io.exonward.common.gene.Genes;
import io.exonward.server.api.ApiFixture.Credentials;
import io.exonward.server.identity.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Families over HTTPS. */
final class FamilyRoutesTest {
  private static final String FAMILIES = "/api/v1/families";
  private static final String SHA256 = "ab".repeat(32);

  @TempDir private Path folder;
  private ApiFixture fixture;
  private Credentials administrator;

  @BeforeEach
  void open() throws Exception {
    fixture = new ApiFixture(folder);
    administrator = fixture.token(Role.ADMINISTRATOR);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static byte[] genes(int definition) {
    Genes some = Genes.of(1, 2, 3);
    return GeneSetCodec.encode(
        new GeneSet(definition, Architecture.X86_64, 100, some, some, some, List.of(), true));
  }

  private HttpResponse<String> create(String name) throws Exception {
    String body = "{\"name\":\"" + name + "\",\"kind\":\"malicious\"}";
    return fixture.send("POST", FAMILIES, administrator, body);
  }

  private HttpResponse<String> upload(byte[] body) throws Exception {
    return fixture.upload(
        FAMILIES + "/mirai/samples?sha256=" + SHA256 + "&version=1.0&provenance=incident%207",
        administrator,
        body);
  }

  @Test
  void family_fromCreationToRemoval_standsInTheAuditLog() throws Exception {
    assertEquals(201, create("mirai").statusCode());
    HttpResponse<String> sample = upload(genes(GeneSet.DEFINITION));
    assertEquals(201, sample.statusCode(), sample.body());
    assertTrue(sample.body().contains("\"provenance\":\"incident 7\""), sample.body());

    HttpResponse<String> renamed =
        fixture.send("PUT", FAMILIES + "/mirai", administrator, "{\"name\":\"linux bot\"}");
    HttpResponse<String> read = fixture.get(FAMILIES + "/linux%20bot", administrator);
    assertEquals(200, renamed.statusCode(), renamed.body());
    assertTrue(read.body().contains("\"samples\":1,\"versions\":1"), read.body());
    assertTrue(read.body().contains(SHA256), read.body());
    String one = FAMILIES + "/linux%20bot/samples/" + SHA256;
    assertEquals(204, fixture.send("DELETE", one, administrator, "").statusCode());
    assertEquals(404, fixture.send("DELETE", one, administrator, "").statusCode());
    HttpResponse<String> gone =
        fixture.send("DELETE", FAMILIES + "/linux%20bot", administrator, "");

    assertEquals(204, gone.statusCode(), gone.body());
    String audit = fixture.get("/api/v1/audit", administrator).body();
    for (String action : List.of("create", "add", "change", "remove", "delete")) {
      assertTrue(audit.contains("\"family." + action + "\""), action + ": " + audit);
    }
  }

  @Test
  void create_nameTakenOrNotPossible_isRefused() throws Exception {
    assertEquals(201, create("mirai").statusCode());

    assertEquals(409, create("mirai").statusCode());
    assertEquals(422, create("a/b").statusCode());
    assertEquals(422, create("").statusCode());
  }

  @Test
  void upload_ofJunkOrAnotherDefinition_isRefused() throws Exception {
    assertEquals(201, create("mirai").statusCode());

    assertEquals(400, upload("junk".getBytes(StandardCharsets.UTF_8)).statusCode());
    assertEquals(400, upload(genes(GeneSet.DEFINITION + 1)).statusCode());
    assertEquals(400, upload(new byte[0]).statusCode());
    assertEquals(413, upload(new byte[17 << 20]).statusCode());
    String read = fixture.get(FAMILIES + "/mirai", administrator).body();
    assertTrue(read.contains("\"samples\":0"), read);
  }

  @Test
  void codeGenes_nobodyAsked_saySo() throws Exception {
    String path = "/api/v1/code/" + SHA256;

    HttpResponse<String> read = fixture.get(path + "/genes", fixture.token(Role.VIEWER));
    HttpResponse<String> again =
        fixture.send("POST", path + "/analyze", fixture.token(Role.ANALYST), "");
    HttpResponse<String> figures = fixture.get("/api/v1/genes", fixture.token(Role.VIEWER));

    assertEquals(200, read.statusCode(), read.body());
    assertTrue(read.body().contains("\"state\":\"unasked\""), read.body());
    assertEquals(200, again.statusCode(), again.body());
    assertTrue(figures.body().contains("\"to_compare\":0"), figures.body());
  }
}
