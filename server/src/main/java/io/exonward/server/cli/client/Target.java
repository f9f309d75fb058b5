package io.exonward.server.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource of the API: path and query, each part encoded, so that no argument can reach another
 * resource.
 */
public final class Target {
  private static final String ROOT = "/api/v1";

  private final String path;
  private final List<String> query;

  private Target(String path, List<String> query) {
    this.path = path;
    this.query = query;
  }

  /** For example {@code of("hosts", id, "ban")}. */
  public static Target of(String... segments) {
    StringBuilder path = new StringBuilder(ROOT);
    for (String segment : segments) {
      path.append('/').append(encodeSegment(segment));
    }
    return new Target(path.toString(), List.of());
  }

  /** With one more query parameter; none if the value is null. */
  public Target with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    List<String> extended = new ArrayList<>(query);
    extended.add(name + "=" + encode(value));
    return new Target(path, List.copyOf(extended));
  }

  private static String encodeSegment(String segment) {
    // RFC 3986 5.2.4: dot segments would climb out of the collection
    return segment.equals(".") || segment.equals("..")
        ? segment.replace(".", "%2E")
        : encode(segment);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** As it stands in a request line. */
  @Override
  public String toString() {
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }
}
