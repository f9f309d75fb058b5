package io.exonward.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The root filesystem of a small machine that has the agent, a Java runtime, busybox and the test
 * programs; packed for the kernel to unpack into memory.
 */
final class GuestImage {
  /** What the agent uses of Java. */
  private static final String JAVA_MODULES =
      "java.base,java.logging,java.management,java.naming,java.sql,jdk.net,jdk.unsupported";

  private static final Pattern LIBRARY = Pattern.compile("(?:=> |^\\s*)(/\\S+)");

  /** Not native code for other systems, which is half of all bytes. */
  private static final Pattern WANTED_JAR = Pattern.compile("(?!.*(osx|windows|aarch_64)).*\\.jar");

  private static final String CONFIGURATION =
      """
      server:
        address: localhost:1
      state-dir: /run/state
      run-dir: /run/exonward
      """;

  private final Path root;
  private final Path java = Path.of(System.getProperty("java.home"));

  GuestImage(Path root) throws IOException {
    this.root = root;
    for (String folder : List.of("bin", "dev", "etc", "proc", "run", "sys", "tmp", "opt/lib")) {
      Files.createDirectories(root.resolve(folder));
    }
  }

  /** Everything but the programs under test. */
  void addSystem(GuestKernel kernel) throws IOException {
    add(Path.of("guest/init"), "init");
    add(Path.of("/bin/busybox"), "bin/busybox");
    add(kernel.dummyModule(), "opt/dummy.ko");
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
    addRuntime();
    addLibraries();
    addAgent();
  }

  void add(Path file, String place) throws IOException {
    Path target = root.resolve(place);
    Files.createDirectories(target.getParent());
    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    if (Files.isExecutable(file) && !target.toFile().setExecutable(true)) {
      throw new IOException(target + " cannot be made executable");
    }
  }

  private void addRuntime() {
    Command.run(
            List.of(
                java.resolve("bin/jlink").toString(),
                "--add-modules",
                JAVA_MODULES,
                "--generate-cds-archive",
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                root.resolve("opt/jre").toString()))
        .orThrow();
  }

  /** The host's libraries that the runtime and libbpf are linked with, at the same places. */
  private void addLibraries() throws IOException {
    Matcher libbpf =
        Pattern.compile("libbpf\\.so\\.1 .*=> (\\S+)")
            .matcher(Command.run(List.of("/sbin/ldconfig", "-p")).orThrow().stdout());
    if (!libbpf.find()) {
      throw new AssertionError("this machine has no libbpf.so.1");
    }
    Set<String> libraries = new TreeSet<>(Set.of(libbpf.group(1)));
    for (String user : List.of("lib/server/libjvm.so", "lib/libnio.so", "lib/libzip.so")) {
      libraries.addAll(librariesOf(java.resolve(user).toString()));
    }
    libraries.addAll(librariesOf(libbpf.group(1)));
    for (String library : libraries) {
      if (!library.startsWith(java.toString())) {
        add(Path.of(library), library.substring(1));
      }
    }
  }

  private static Set<String> librariesOf(String file) {
    Set<String> libraries = new TreeSet<>();
    for (String line : Command.run(List.of("ldd", file)).orThrow().stdout().lines().toList()) {
      Matcher library = LIBRARY.matcher(line);
      if (library.find()) {
        libraries.add(library.group(1));
      }
    }
    return libraries;
  }

  private void addAgent() throws IOException {
    Path built = Path.of("../agent/target");
    addJars(built);
    addJars(built.resolve("lib"));
    add(Path.of("agent.jvmoptions"), "opt/agent.jvmoptions");
    Files.writeString(root.resolve("opt/agent.yaml"), CONFIGURATION);
  }

  private void addJars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (WANTED_JAR.matcher(name).matches()) {
          add(file, "opt/lib/" + name);
        }
      }
    }
  }

  /** Packs everything; not compressed, because unpacking costs an emulated processor more. */
  Path pack() {
    File archive = root.resolveSibling("root.cpio").toFile();
    String script = "cd \"$1\" && find . | cpio --quiet -o -H newc >\"$2\"";
    Command.run(List.of("bash", "-c", script, "pack", root.toString(), archive.toString()))
        .orThrow();
    return archive.toPath();
  }
}
