package io.exonward.server.api;

import io.exonward.common.hash.Sha256;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.staticfiles.ResourceHandler;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The console's files out of the class path: its own under /, the libraries that it uses under
 * /webjars/. Only names that these patterns cover are looked up at all. Thread-safe.
 */
final class ConsoleFiles implements ResourceHandler {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "webmanifest", "application/manifest+json");
  private static final Pattern OWN =
      Pattern.compile("/(?:[A-Za-z0-9_-]+/){0,4}[A-Za-z0-9_-][A-Za-z0-9_.-]*\\.([a-z0-9]+)");
  private static final Pattern WEBJAR =
      Pattern.compile(
          "/webjars/((?:lit|lit-element|lit-html|lit__reactive-element|uplot)"
              + "/[0-9][A-Za-z0-9.-]*/(?:(?!development/|node/)[A-Za-z0-9_-]+/){0,4}"
              + "[A-Za-z0-9_-][A-Za-z0-9_.-]*\\.(js|css))");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private record File(String resource, String type, String caching) {}

  /** CSP source of the inline import map; empty if there is none. */
  static String importMapSource() {
    byte[] page = read("/console/index.html");
    if (page == null) {
      return "";
    }
    Matcher map = IMPORT_MAP.matcher(new String(page, StandardCharsets.UTF_8));
    if (!map.find()) {
      return "";
    }
    byte[] script = map.group(1).getBytes(StandardCharsets.UTF_8);
    byte[] digest = Sha256.digest(script).toBytes();
    return " 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  @Override
  public boolean canHandle(Context context) {
    return find(context.path()).isPresent();
  }

  @Override
  public boolean handle(Context context) {
    boolean isRead =
        context.method().equals(HandlerType.GET) || context.method().equals(HandlerType.HEAD);
    Optional<File> file = isRead ? find(context.path()) : Optional.empty();
    file.ifPresent(it -> answer(context, it));
    return file.isPresent();
  }

  private static void answer(Context context, File file) {
    byte[] content = read(file.resource());
    context.contentType(file.type()).header("Cache-Control", file.caching());
    context.result(content == null ? new byte[0] : content);
  }

  private static Optional<File> find(String path) {
    String wanted = path.equals("/") ? "/index.html" : path;
    Matcher webjar = WEBJAR.matcher(wanted);
    if (webjar.matches()) {
      // The version in the path changes with the content.
      return file(
          "/META-INF/resources/webjars/" + webjar.group(1),
          webjar.group(2),
          "public, max-age=31536000, immutable");
    }
    Matcher own = OWN.matcher(wanted);
    return own.matches() && !wanted.startsWith("/webjars/")
        ? file("/console" + wanted, own.group(1), "no-cache")
        : Optional.empty();
  }

  private static Optional<File> file(String resource, String extension, String caching) {
    String type = TYPES.get(extension);
    return type == null || ConsoleFiles.class.getResource(resource) == null
        ? Optional.empty()
        : Optional.of(new File(resource, type, caching));
  }

  private static byte @Nullable [] read(String resource) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean addStaticFileConfig(StaticFileConfig config) {
    return false;
  }

  @Override
  public Set<RouteRole> resourceRouteRoles(Context context) {
    return Set.of();
  }
}
