package io.exonward.server.api;

import io.exonward.server.identity.Role;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the server says of itself. */
final class SystemRoutes {
  private final String version;
  private final Supplier<Optional<String>> trouble;
  private final PrometheusMeterRegistry metrics;
  private final byte[] openApi;

  /**
   * @param trouble why the server cannot serve; empty if it can
   */
  SystemRoutes(
      String version, Supplier<Optional<String>> trouble, PrometheusMeterRegistry metrics) {
    this.version = version;
    this.trouble = trouble;
    this.metrics = metrics;
    this.openApi = Json.write(readOpenApi());
  }

  List<Route> routes() {
    return List.of(
        Routes.get("readOpenApi", "/api/v1/openapi.json", null, this::openApi),
        Routes.get("readHealth", "/api/v1/health", null, this::health),
        Routes.get("readMetrics", "/metrics", Role.ADMINISTRATOR, this::metrics));
  }

  private record Health(String status, String version, @Nullable String detail) {}

  /** The document as nested maps and lists. */
  static Object readOpenApi() {
    try (InputStream in = SystemRoutes.class.getResourceAsStream("/openapi/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is not in the jar");
      }
      return new Load(LoadSettings.builder().build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void openApi(Call call) {
    call.context().contentType("application/json").result(openApi);
  }

  private void health(Call call) {
    Optional<String> detail = trouble.get();
    int status = detail.isPresent() ? Problem.Kind.UNAVAILABLE.status() : 200;
    call.json(
        status,
        new Health(detail.isPresent() ? "unavailable" : "ok", version, detail.orElse(null)));
  }

  private void metrics(Call call) {
    call.context().contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
  }
}
