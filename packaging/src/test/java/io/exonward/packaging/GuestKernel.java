package io.exonward.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kernel of the distribution, unpacked and not installed.
 *
 * @param release as uname -r prints it
 */
record GuestKernel(String release, Path image, Path modules) {
  /** Depends on the newest kernel of its kind and holds nothing itself. */
  private static final String NEWEST = "linux-image-cloud-amd64";

  private static final Path FOLDER = Path.of("target/guest").toAbsolutePath();

  /** Downloads the kernel if that was not done before; fails where there is none to download. */
  static GuestKernel fetch() throws IOException {
    Files.createDirectories(FOLDER);
    Path unpacked = FOLDER.resolve("kernel");
    if (!Files.exists(unpacked.resolve("boot"))) {
      Path archive = archive();
      Command.run(List.of("dpkg-deb", "-x", archive.toString(), unpacked.toString())).orThrow();
    }
    Path image = only(unpacked.resolve("boot"), "vmlinuz-");
    String release = image.getFileName().toString().substring("vmlinuz-".length());
    return new GuestKernel(release, image, unpacked.resolve("lib/modules/" + release));
  }

  private static Path archive() throws IOException {
    Command.Result answer = download();
    if (answer.code() != 0) {
      // What the package lists name may have been replaced since they were read.
      Command.run(List.of("apt-get", "-q", "update")).orThrow();
      answer = download().orThrow();
    }
    return only(FOLDER, "linux-image-");
  }

  private static Command.Result download() {
    Command.Result known = Command.run(List.of("apt-cache", "depends", NEWEST));
    Matcher name = Pattern.compile("Depends: (linux-image-\\S+)").matcher(known.stdout());
    if (!name.find()) {
      return new Command.Result(100, known.stdout(), "apt knows no " + NEWEST + known.stderr());
    }
    String script = "cd \"$1\" && exec apt-get -q download \"$2\"";
    return Command.run(List.of("sh", "-c", script, "download", FOLDER.toString(), name.group(1)));
  }

  private static Path only(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
      assertEquals(1, found.size(), () -> folder + " has one " + prefix + "*: " + found);
      return found.getFirst();
    }
  }

  /** A module that nothing else of the guest loads. */
  Path dummyModule() {
    return modules.resolve("kernel/drivers/net/dummy.ko");
  }
}
