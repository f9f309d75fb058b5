package io.exonward.server.cli.client;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Address of a server: scheme, host and port.
 *
 * @param origin for example {@code https://exonward.example:8443}, without a slash at the end
 */
public record ServerUrl(String origin) {
  /**
   * Reads what an operator types; a missing scheme is https.
   *
   * @throws Failure if it is not an https address of a server
   */
  public static ServerUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text.contains("://") ? text : "https://" + text);
    } catch (URISyntaxException e) {
      throw invalid(text);
    }
    boolean isRoot = uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().equals("/");
    if (!"https".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || !isRoot) {
      throw invalid(text);
    }
    return new ServerUrl("https://" + uri.getRawAuthority());
  }

  /** A resource of this server. */
  public URI resolve(String pathAndQuery) {
    return URI.create(origin + pathAndQuery);
  }

  private static Failure invalid(String text) {
    return new Failure(
        ExitCode.USAGE,
        "not the address of a server: " + text + "; it looks like https://host:8443");
  }

  @Override
  public String toString() {
    return origin;
  }
}
