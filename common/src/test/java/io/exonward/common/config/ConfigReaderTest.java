package io.exonward.common.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private enum Level {
    INFO,
    VERY_LOUD
  }

  private record Example(
      String name,
      Optional<String> note,
      int workers,
      boolean isEager,
      Duration interval,
      long room,
      Path directory,
      HostPort listen,
      List<String> tags,
      Level level) {}

  private static Example example(ConfigSection root) {
    ConfigSection spool = root.section("spool");
    root.retired("color", "remove it");
    return new Example(
        root.string("name"),
        root.findString("note"),
        root.integer("workers", 4, 1, 64),
        root.bool("eager", false),
        root.duration("interval", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofDays(1)),
        spool.bytes("room", 1 << 20, 1, 1L << 40),
        spool.path("directory", Path.of("/var/spool/example")),
        root.address("listen", new HostPort("127.0.0.1", 8443)),
        root.strings("tags", List.of("default")),
        root.choice("level", Level.INFO));
  }

  @Test
  void read_allKeys_areTyped() {
    Example example =
        parse(
            ConfigReaderTest::example,
            """
            name: web
            note: "12"
            workers: 8
            eager: true
            interval: 30s
            spool:
              room: 64MiB
              directory: /srv/spool
            listen: "[::1]:9000"
            tags: [a, b]
            level: very-loud
            """);

    assertEquals(
        new Example(
            "web",
            Optional.of("12"),
            8,
            true,
            Duration.ofSeconds(30),
            64L << 20,
            Path.of("/srv/spool"),
            new HostPort("::1", 9000),
            List.of("a", "b"),
            Level.VERY_LOUD),
        example);
  }

  @Test
  void read_onlyRequiredKeys_defaultsApply() {
    Example example = parse(ConfigReaderTest::example, "name: web\n");

    assertEquals(4, example.workers());
    assertEquals(Path.of("/var/spool/example"), example.directory());
    assertEquals(List.of("default"), example.tags());
  }

  @Test
  void read_severalProblems_areAllListedInOrder() {
    assertProblems(
        ConfigReaderTest::example,
        """
        nmae: web
        workers: 99
        eager: yes
        interval: 30
        spool:
          room: 64MB
          directory: relative
        listen: localhost
        tags: a
        level: loud
        color: red
        """,
        "test.yaml:1:1: name: required, but absent",
        "test.yaml:1:1: nmae: unknown key, did you mean name?",
        "test.yaml:2:10: workers: allowed are 1 to 64",
        "test.yaml:3:8: eager: expected true or false",
        "test.yaml:4:11: interval: expected a duration with ms, s, m, h or d, such as 30s",
        "test.yaml:6:9: spool.room: expected a size with B, KiB, MiB, GiB or TiB, such as 64MiB",
        "test.yaml:7:14: spool.directory: expected an absolute path",
        "test.yaml:8:9: listen: expected host:port, for example 127.0.0.1:8443",
        "test.yaml:9:7: tags: expected a list",
        "test.yaml:10:8: level: expected one of info, very-loud",
        "test.yaml:11:1: color: retired: remove it");
  }

  @Test
  void read_rangesWithUnits_nameBothEnds() {
    assertProblems(
        ConfigReaderTest::example,
        "{name: a, interval: 2d, spool: {room: 0B}}",
        "test.yaml:1:21: interval: allowed are 1s to 1d",
        "test.yaml:1:39: spool.room: allowed are 1B to 1TiB");
  }

  @Test
  void read_emptyValue_isNotAText() {
    assertProblems(
        ConfigReaderTest::example,
        "name:\nnote: ''\n",
        "test.yaml:1:6: name: expected a text (quote it if it looks like a number)",
        "test.yaml:2:7: note: expected a text that is not empty");
  }

  @Test
  void read_keyGivenTwice_isRefused() {
    assertProblems(
        ConfigReaderTest::example, "name: a\nname: b\n", "test.yaml:2:1: name: given twice");
  }

  @Test
  void read_unknownKeyWithoutNeighbor_hasNoHint() {
    assertProblems(
        ConfigReaderTest::example,
        "name: a\nspool: {zebra: 1}\n",
        "test.yaml:2:9: spool.zebra: unknown key");
  }

  @Test
  void read_listOfSections_eachIsChecked() {
    Function<ConfigSection, List<String>> builder =
        root -> root.sections("groups").stream().map(group -> group.string("name")).toList();

    assertEquals(List.of("a", "b"), parse(builder, "groups:\n  - name: a\n  - name: b\n"));
    assertProblems(
        builder,
        "groups:\n  - name: a\n  - nam: b\n",
        "test.yaml:3:5: groups.name: required, but absent",
        "test.yaml:3:5: groups.nam: unknown key, did you mean name?");
  }

  @Test
  void read_valueRefusesItself_isAProblem() {
    assertProblems(
        _ -> {
          throw new IllegalArgumentException("minimum above maximum");
        },
        "",
        "test.yaml:1:1: minimum above maximum");
  }

  @Test
  void problem_crossCheck_pointsAtTheKey() {
    assertProblems(
        root -> {
          root.problem("high", "must be above low");
          return root.integer("high", 1, 0, 9);
        },
        "# limits\nhigh: 3\n",
        "test.yaml:2:7: high: must be above low");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &x [1]\nb: *x\n",
        "a: !!int 5\n",
        "a: !<tag:example.org,2000:x> y\n",
        "a: !!java.net.URL [x]\n"
      })
  void read_anchorsAndTags_areRefused(String yaml) {
    ConfigException refused = refusal(root -> root.has("a"), yaml);

    assertTrue(
        refused.problems().getFirst().endsWith("anchors, aliases and tags are not allowed"),
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [1, 2",
        "a: 'open",
        "\tb: 1",
        "a: b: c",
        "- a\nb: 1",
        "%YAML 9.9\n---\na: 1",
        "a: \u0001"
      })
  void read_malformedYaml_saysSo(String yaml) {
    ConfigException refused = refusal(root -> root.has("a"), yaml);

    assertTrue(refused.problems().getFirst().contains("not YAML: "), refused.getMessage());
  }

  @Test
  void read_otherShapes_areRefused() {
    assertProblems(root -> root.has("a"), "[1]", "test.yaml:1:1: expected keys and values");
    assertProblems(
        root -> root.has("a"),
        "a: 1\n---\na: 2\n",
        "test.yaml:2:1: a second document: a configuration is one");
    assertProblems(root -> root.has("a"), "1: x\n", "test.yaml:1:1: a key must be a text");
    assertProblems(
        root -> root.has("a"),
        "a: " + "[".repeat(100_000),
        "test.yaml:1:19: nested deeper than 16 levels");
  }

  @Test
  void read_notUtf8OrTooLarge_isRefused() {
    assertThrows(
        ConfigException.class,
        () -> ConfigReader.parse("t", new byte[] {'a', ':', ' ', (byte) 0xff}, r -> r.has("a")));
    assertThrows(
        ConfigException.class,
        () -> ConfigReader.parse("t", new byte[(1 << 20) + 1], r -> r.has("a")));
  }

  @Test
  void read_file_namesIt(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("example.yaml");
    Files.writeString(file, "name: web\n");
    Path missing = directory.resolve("missing.yaml");

    assertEquals("web", ConfigReader.read(file, ConfigReaderTest::example).name());
    ConfigException refused =
        assertThrows(
            ConfigException.class, () -> ConfigReader.read(missing, ConfigReaderTest::example));
    assertTrue(
        refused
            .problems()
            .getFirst()
            .startsWith(missing + ":1:1: cannot be read: there is no such file"),
        refused.getMessage());
  }

  @Property(tries = 1000)
  void parse_randomBytes_throwsConfigExceptionOnly(@ForAll @Size(max = 200) byte[] yaml) {
    parseOrRefuse(yaml);
  }

  @Property(tries = 1000)
  void parse_randomText_throwsConfigExceptionOnly(
      @ForAll
          @Chars({
            'a', 'b', ':', ' ', '\n', '-', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"',
            '#', '%', '?', ',', '\t', '1', '.', '<', '~'
          })
          String yaml) {
    parseOrRefuse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static void parseOrRefuse(byte[] yaml) {
    try {
      ConfigReader.parse("test.yaml", yaml, ConfigReaderTest::example);
    } catch (ConfigException e) {
      assertFalse(e.problems().isEmpty());
    }
  }

  private static <T> T parse(Function<ConfigSection, T> builder, String yaml) {
    return ConfigReader.parse("test.yaml", yaml.getBytes(StandardCharsets.UTF_8), builder);
  }

  private static <T> ConfigException refusal(Function<ConfigSection, T> builder, String yaml) {
    return assertThrows(ConfigException.class, () -> parse(builder, yaml));
  }

  private static <T> void assertProblems(
      Function<ConfigSection, T> builder, String yaml, String... problems) {
    assertEquals(List.of(problems), refusal(builder, yaml).problems());
  }
}
