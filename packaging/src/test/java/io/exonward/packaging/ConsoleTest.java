package io.exonward.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import tools.jackson.databind.JsonNode;

/** What an operator sees and does in a real browser. */
@Tag("browser")
class ConsoleTest {
  private static Installation installation;
  private static Tester tester;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    installation = Installation.watching();
    tester = new Tester(installation.data());
    browser = new Browser(installation.url());
    browser.signIn("admin", installation.administratorPassword());
    browser.errors(); // the question who is signed in has been answered with 401 by then
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (installation != null) {
      installation.close();
    }
  }

  @Test
  void alert_appearsLiveAndIsAllowed() throws IOException {
    browser.open("#/alerts");
    browser.showsText("Alerts");
    Path program = tester.unseen("marker");

    Tester.run(program, "live");

    browser.showsText(program.toString());
    browser.screenshot("alerts");
    String sha256 = Tester.sha256(program);
    JsonNode alert = installation.awaitAlert(sha256, "unknown-code");
    browser.open("#/alerts/" + alert.path("id").asString());
    browser.showsText(sha256);
    browser.showsText("T1204.002");
    browser.screenshot("alert");
    browser.clickButton("Allow");
    browser.shown(By.name("reason")).sendKeys("our own tool");
    browser.clickButton("Write the rule");
    browser.showsText("our own tool");
    assertEquals("resolved", installation.alerts(sha256).getFirst().path("status").asString());
    assertEquals(List.of(), browser.errors());
  }

  @Test
  void everyPage_opensWithoutErrors() throws IOException {
    String host = installation.host().path("id").asString();
    record Visit(String hash, String text) {}
    for (Visit visit :
        List.of(
            new Visit("#/overview", "Overview"),
            new Visit("#/hosts", "Hosts"),
            new Visit("#/hosts/" + host, "fanotify"),
            new Visit("#/hosts/" + host + "?show=loads", "Code loads"),
            new Visit("#/hosts/" + host + "?show=actions", "Coverage ledger"),
            new Visit("#/groups", "demo"),
            new Visit("#/groups/demo", "demo"),
            new Visit("#/audit", "group.create"),
            new Visit("#/administration", "Administration"),
            new Visit("#/account", "Password"))) {
      browser.open(visit.hash());
      browser.showsText(visit.text());
      browser.screenshot(visit.hash().replaceAll("[^a-z]+", "-").replaceAll("^-|-$", ""));
    }
    assertEquals(List.of(), browser.errors());
  }

  @Test
  void hostileName_isTextAndNothingElse() throws IOException {
    Path folder = installation.data().resolve("<img src=x onerror=document.title='owned'>");
    Files.createDirectories(folder);
    Path program = folder.resolve("evil\u001b[31m\u202Egpj");
    Files.copy(tester.unseen("marker"), program);
    Files.setPosixFilePermissions(
        program, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));

    Tester.run(program);

    JsonNode alert = installation.awaitAlert(Tester.sha256(program), "unknown-code");
    browser.open("#/alerts/" + alert.path("id").asString());
    browser.showsText("<img src=x");
    assertFalse(browser.text().contains("\u202E"), "direction marks are named, not obeyed");
    assertNotEquals("owned", browser.title());
    assertEquals(List.of(), browser.errors());
  }
}
