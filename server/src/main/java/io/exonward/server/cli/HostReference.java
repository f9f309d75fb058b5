package io.exonward.server.cli;

import io.exonward.server.cli.client.Api;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the host that an operator means: by id, or by a name that only one host has. */
final class HostReference {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private HostReference() {}

  /** The host's id; asks the server where a name was given. */
  static String resolve(Api api, String idOrName) {
    if (UUID.matcher(idOrName).matches()) {
      return idOrName;
    }
    Target search = Target.of("hosts").with("q", idOrName);
    List<String> ids =
        Json.items(Pages.read(api, search, Long.MAX_VALUE), "items").stream()
            .filter(host -> idOrName.equals(Json.text(host, "hostname")))
            .map(host -> Json.textOr("", host, "id"))
            .toList();
    if (ids.isEmpty()) {
      throw new Failure(
          ExitCode.NOT_FOUND,
          "not found: no host is named " + idOrName + "; see exonctl host list");
    }
    if (ids.size() > 1) {
      throw new Failure(
          ExitCode.USAGE,
          ids.size()
              + " hosts are named "
              + idOrName
              + ", give an id: "
              + ids.stream().collect(Collectors.joining(", ")));
    }
    return ids.getFirst();
  }
}
