package io.exonward.server.cli;

import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.PinnedTrust;
import io.exonward.server.cli.client.Profile;
import io.exonward.server.cli.client.ServerUrl;
import io.exonward.server.cli.client.SignIn;
import io.exonward.server.cli.client.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code exonctl login}: exchanges a password for an API token and stores that. */
final class LoginCommand {
  private static final int LONGEST_LABEL = 64;

  private final Invocation invocation;
  private final PositionalParamSpec url =
      Arguments.operand(0, "URL", "The server, for example https://exonward.example:8443");
  private final OptionSpec name =
      Arguments.option("--name", "NAME", "Operator; asked for if absent");
  private final OptionSpec passwordFile =
      Arguments.option("--password-file", "FILE", "Password from a file, - for stdin");
  private final OptionSpec caFingerprint =
      Arguments.option(
          "--ca-fingerprint", "SHA256", "Trust the authority with this fingerprint, and keep it");
  private final OptionSpec label =
      Arguments.option("--label", "TEXT", "Label of the API token; exonctl on this host");
  private final OptionSpec role =
      Arguments.choice("--role", OperatorCommands.ROLES, "Least role that suffices; the own role");
  private final OptionSpec lifetime =
      Arguments.option("--lifetime", "DURATION", "Of the API token, such as 12h or 90d");

  LoginCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.verb(
        "login",
        "Sign in: create an API token and store it, with the trusted authority, for this user only",
        this::run,
        url,
        name,
        passwordFile,
        caFingerprint,
        label,
        role,
        lifetime);
  }

  private void run() {
    ServerUrl server = ServerUrl.parse(Arguments.required(url));
    String fingerprint = Arguments.value(caFingerprint);
    Profile profile = fingerprint == null ? trusting(server) : pinning(server, fingerprint);
    invocation.profileFile().write(profile);
    invocation
        .printer()
        .message("signed in to " + server + ", stored in " + invocation.profileFile().path());
  }

  private Profile trusting(ServerUrl server) {
    String authority =
        new Connection(invocation).authority(server, invocation.profileFile().read());
    JsonNode created = createToken(new SignIn(server, Trust.authority(authority)));
    return profile(server, authority, created);
  }

  private Profile pinning(ServerUrl server, String fingerprint) {
    if (invocation.options().caFile().isPresent()) {
      throw new Failure(ExitCode.USAGE, "--ca-file and --ca-fingerprint exclude each other");
    }
    PinnedTrust trust = new PinnedTrust(Trust.parseFingerprint(fingerprint));
    JsonNode created = createToken(new SignIn(server, trust.context()));
    return profile(server, trust.authority().orElse(null), created);
  }

  private JsonNode createToken(SignIn signIn) {
    ObjectNode wanted = Json.object().put("label", label());
    Bodies.put(wanted, "role", role);
    Bodies.put(wanted, "lifetime", lifetime);
    String operator = operator();
    String secret = new Secrets(invocation.terminal()).password(Arguments.value(passwordFile));
    return signIn.createToken(operator, secret, wanted);
  }

  private static Profile profile(ServerUrl server, @Nullable String authority, JsonNode created) {
    String text = Json.text(created, "text");
    if (text == null) {
      throw new Failure(ExitCode.REFUSED, server + " created no token");
    }
    return new Profile(server, authority, text, Json.textOr("", created, "token", "id"));
  }

  private String operator() {
    String given = Arguments.value(name);
    return given != null
        ? given
        : invocation
            .terminal()
            .prompt()
            .map(prompt -> prompt.readLine("Name: ").strip())
            .orElseThrow(
                () -> new Failure(ExitCode.USAGE, "no terminal to ask for a name; use --name"));
  }

  private String label() {
    String given = Arguments.value(label);
    String text = given == null ? "exonctl on " + hostname() : given;
    return text.substring(0, Math.min(text.length(), LONGEST_LABEL));
  }

  private static String hostname() {
    try {
      // man 5 proc_sys_kernel
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "an unknown host";
    }
  }
}
