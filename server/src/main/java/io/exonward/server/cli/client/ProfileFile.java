package io.exonward.server.cli.client;

import io.exonward.common.tls.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The stored sign-in: a JSON file that only its owner can read. */
public final class ProfileFile {
  private static final int MAX_BYTES = 64 * 1024;

  private final Path path;

  public ProfileFile(Path path) {
    this.path = path;
  }

  /**
   * Where it is unless an option says otherwise: {@code $XDG_CONFIG_HOME/exonward/exonctl.json}, or
   * below {@code ~/.config}. // XDG Base Directory Specification 0.8: relative paths are ignored
   */
  public static ProfileFile byDefault(Map<String, String> environment, Path home) {
    String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path root = configured.startsWith("/") ? Path.of(configured) : home.resolve(".config");
    return new ProfileFile(root.resolve("exonward").resolve("exonctl.json"));
  }

  public Path path() {
    return path;
  }

  /**
   * The stored sign-in; empty if there is none.
   *
   * @throws Failure if others can read the file, or it is not one of ours
   */
  public Optional<Profile> read() {
    try {
      byte[] content = SecretFile.read(path, MAX_BYTES);
      return Optional.of(parse(new String(content, StandardCharsets.UTF_8)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new Failure(ExitCode.REFUSED, "cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** Replaces what is stored; the new file is complete and private before it has its name. */
  public void write(Profile profile) {
    ObjectNode json = Json.object();
    json.put("url", profile.server().origin());
    json.put("ca", profile.authority());
    json.put("token", profile.token());
    json.put("token_id", profile.tokenId());
    SecretOutput.write(path, json.toPrettyString() + "\n");
  }

  /** Forgets the sign-in. */
  public void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new Failure(ExitCode.REFUSED, "cannot delete " + path + ": " + e.getMessage(), e);
    }
  }

  private Profile parse(String text) {
    try {
      JsonNode json = Json.parse(text);
      return new Profile(
          ServerUrl.parse(Json.textOr("", json, "url")),
          Json.text(json, "ca"),
          Json.textOr("", json, "token"),
          Json.textOr("", json, "token_id"));
    } catch (Failure e) {
      throw new Failure(
          ExitCode.REFUSED,
          path + " is not a sign-in of exonctl; sign in again: exonctl login https://host:8443",
          e);
    }
  }
}
