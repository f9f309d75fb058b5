package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.cli.ExonctlFixture.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readable reports of one alert and one host. */
final class ReportsTest {
  private static final String HOST = "0b0a7c1e-3f55-4d8e-9a53-2d1f0c9a1b01";
  private static final String SHA256 =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  @TempDir Path home;
  private ExonctlFixture exonctl;

  @BeforeEach
  void start() {
    exonctl = ExonctlFixture.signedIn(home);
  }

  @AfterEach
  void stop() {
    exonctl.close();
  }

  @Test
  void alertShow_table_isReport() {
    Result result = exonctl.run("alert", "show", "17");

    assertEquals(
        new Result(
            0,
            """
            Alert 17: Unknown code executed: /srv/x
              severity     high
              status       new
              detections   unknown-code
              techniques   T1204.002 User Execution: Malicious File (execution)
              host group   web
              first        2026-11-23T14:00:00Z (1h ago)
              last         2026-11-23T14:57:00Z (3m ago)
              occurrences  5 on 2 hosts

            Why
              /srv/x ran on web-1, is in no baseline and belongs to no package

            Coverage at that time
              level       full
              losses      nothing known to be lost, 5 minutes around it
              cannot see  processes that ended before 2026-11-23T08:00:00Z

            Code
              sha256      %1$s
              executable  /srv/x
              origin      file
              size        16.0 KiB
              directory   /srv

            Lineage
              classification  malicious
              reason          it has code of the malicious family mirai 1.0: 41 %% of what trusted code does not explain, 12 functions
              genes           the word of fewer than three hosts: no trust comes of it
              novel           14 functions with 9.0 KiB are of no trusted family
              malicious mirai 1.0: share 44 %% (code only 41 %%), 12 functions

            Processes
              /usr/lib/systemd/systemd (pid 1, user root): /sbin/init
              └─ /usr/bin/bash (pid 4242, user alice): -bash
                 └─ /srv/x (pid 4250, user alice): /srv/x --name 'two words'   <- this

            Evidence
              2026-11-23T14:57:00Z (3m ago) on web-1: unknown-code, high
                  pid 4250, user alice: /srv/x --name 'two words'
                  decision unknown: not in the baseline (mode monitor, policy version 12)

            Hosts
              0b0a7c1e-3f55-4d8e-9a53-2d1f0c9a1b01 web-1: 5 occurrences, last 2026-11-23T14:57:00Z (3m ago)

            History
              2026-11-23T14:00:01Z (59m ago) raised by system

            Allow would write
              allow sha256 %1$s in host group web

            Next
              exonctl alert start 17
              exonctl alert allow 17 --reason TEXT
              exonctl alert deny 17 --reason TEXT
              exonctl alert resolve 17 --verdict true_positive|false_positive|benign --reason TEXT
              exonctl code show %1$s
            """
                .formatted(SHA256),
            ""),
        result);
  }

  @Test
  void alertShow_refusedAndResolved_offersOnlyWhatIsPossible() {
    String refused =
        ApiServer.recorded("readAlert")
            .replaceFirst(
                "\"allow_proposal\":\\{[^}]*},\"allow_refusal\":null",
                "\"allow_proposal\":null,\"allow_refusal\":\"code without a hash\"");
    exonctl.server().answer("readAlert", _ -> new ApiServer.Response(200, refused));

    String open = exonctl.run("alert", "show", "17").out();
    exonctl
        .server()
        .answer(
            "readAlert",
            _ -> new ApiServer.Response(200, refused.replace("\"new\"", "\"resolved\"")));
    String resolved = exonctl.run("alert", "show", "17").out();

    assertTrue(open.contains("Allow would write\n  no rule: code without a hash\n"), open);
    assertTrue(!open.contains("exonctl alert allow"), open);
    assertTrue(resolved.endsWith("Next\n  exonctl code show " + SHA256 + "\n"), resolved);
  }

  @Test
  void codeGenes_functions_isReport() {
    Result result = exonctl.run("code", "genes", SHA256, "--functions");

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(
        """
        Code %s
          analysis     analyzed
          reported by  1 hosts
          functions    2

        Lineage
          classification  malicious
          reason          it has code of the malicious family mirai 1.0: 41 %% of what trusted code does not explain, 12 functions
          genes           the word of fewer than three hosts: no trust comes of it
          novel           14 functions with 9.0 KiB are of no trusted family
          malicious mirai 1.0: share 44 %% (code only 41 %%), 12 functions

        Functions
          0x401000 malicious without a name, 320 bytes: like attack_udp of mirai, 97 %%
          0x401200 small main, 12 bytes
        """
            .formatted(SHA256),
        result.out());
  }

  @Test
  void hostShow_table_isReport() {
    Result result = exonctl.run("host", "show", "web-1");

    assertEquals(0, result.exitCode());
    assertEquals("", result.err());
    assertTrue(result.out().startsWith("Host web-1\n  id           " + HOST + "\n"), result.out());
    assertTrue(
        result.out().contains("  sensor connector  standby, 0 events, 0 losses: ebpf is running\n"),
        result.out());
    assertTrue(
        result
            .out()
            .endsWith(
                "Losses\n  31 events lost from 2026-11-23T09:00:00Z (6h ago) to 2026-11-23T09:00:02Z"
                    + " (5h ago) by sensor ebpf: queue-full\n\nLast 24 hours\n  Open alerts: 1. Coverage:"
                    + " full 23h 58m, none 2m 0s; 31 events lost (kernel buffer)\n"),
        result.out());
  }

  @Test
  void hostShow_noOpenAlerts_namesCoverage() {
    String quiet = ApiServer.recorded("readHost").replace("\"open_alerts\":1", "\"open_alerts\":0");
    exonctl.server().answer("readHost", _ -> new ApiServer.Response(200, quiet));

    Result result = exonctl.run("host", "show", HOST);

    assertTrue(
        result.out().contains("No open alerts on this host. Coverage: full 23h 58m, none 2m 0s"),
        result.out());
  }

  @Test
  void hostCoverage_table_isLedgerWithItsSum() {
    Result result = exonctl.run("--utc", "host", "coverage", HOST);

    assertEquals(
        new Result(
            0,
            """
            FROM                  TO                    LEVEL  LOST                            CANNOT SEE
            2026-11-23T08:02:00Z  2026-11-23T15:00:00Z  full   31 events lost (kernel buffer)  -
            2026-11-23T08:00:00Z  2026-11-23T08:02:00Z  none   -                               the agent was not running: nothing was seen
            """,
            "in all: full 23h 58m, none 2m 0s; 31 events lost (kernel buffer)\n"),
        result);
  }

  @Test
  void alertList_ofOneHostAndEmpty_namesItsCoverage() {
    exonctl
        .server()
        .answer("listAlerts", _ -> new ApiServer.Response(200, "{\"items\":[],\"next\":null}"));

    Result result = exonctl.run("alert", "list", "--host", HOST);

    assertEquals(
        "no alerts\ncoverage: full 23h 58m, none 2m 0s; 31 events lost (kernel buffer), in the"
            + " last 24 h\n",
        result.err());
  }
}
