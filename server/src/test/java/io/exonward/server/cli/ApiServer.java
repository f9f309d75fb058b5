package io.exonward.server.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.exonward.server.cli.client.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An HTTPS server on loopback that answers what the API answers. Every request is checked against
 * the API's description; what does not follow it stands in {@link #violations}.
 */
final class ApiServer implements AutoCloseable {
  private static final OpenApi API = OpenApi.read();

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Responder> responders = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final HttpsServer http;

  /** What was asked. */
  record Request(
      String operation,
      String path,
      Map<String, String> query,
      String body,
      Map<String, List<String>> headers) {
    @Nullable String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.getFirst();
    }
  }

  /** What to answer; the body is null where there is none. */
  record Response(int status, @Nullable String body, Map<String, String> headers) {
    Response(int status, @Nullable String body) {
      this(status, body, Map.of());
    }
  }

  /** Answers one operation. */
  interface Responder {
    Response respond(Request request);
  }

  ApiServer(TestAuthority authority) {
    try {
      http = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    http.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext()));
    http.setExecutor(executor);
    http.createContext("/", this::handle);
    http.start();
  }

  String url() {
    return "https://localhost:" + http.getAddress().getPort();
  }

  /** Answers the operation so from now on, instead of what is recorded for it. */
  void answer(String operation, Responder responder) {
    responders.put(operation, responder);
  }

  /** Answers the operation with an error as the API does. */
  void refuse(String operation, int status, String code, String message) {
    String body =
        "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"field\":null}}".formatted(code, message);
    answer(operation, _ -> new Response(status, body));
  }

  List<Request> requests() {
    return requests;
  }

  Request lastRequest() {
    return requests.getLast();
  }

  List<String> violations() {
    return violations;
  }

  /** The recorded answer of an operation. */
  static String recorded(String operation) {
    try (InputStream file = ApiServer.class.getResourceAsStream(operation + ".json")) {
      if (file == null) {
        throw new IllegalArgumentException("nothing is recorded for " + operation);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, response(exchange));
    } catch (RuntimeException e) {
      violations.add("the test server failed: " + e);
      throw e;
    }
  }

  private Response response(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String path = exchange.getRequestURI().getRawPath();
    Optional<OpenApi.Operation> operation = API.find(exchange.getRequestMethod(), path);
    if (operation.isEmpty()) {
      violations.add("no such operation: " + exchange.getRequestMethod() + " " + path);
      return new Response(404, "");
    }
    Request request =
        new Request(
            operation.get().id(),
            path,
            query(exchange.getRequestURI().getRawQuery()),
            body,
            Map.copyOf(exchange.getRequestHeaders()));
    requests.add(request);
    boolean isJson = !"application/octet-stream".equals(request.header("Content-type"));
    Optional<JsonNode> json =
        body.isEmpty() || !isJson ? Optional.empty() : Optional.of(Json.parse(body));
    violations.addAll(API.problemsOfRequest(operation.get(), request.query(), json));
    return responders
        .getOrDefault(request.operation(), _ -> recordedResponse(operation.get()))
        .respond(request);
  }

  private static Response recordedResponse(OpenApi.Operation operation) {
    int status = operation.successStatus();
    return new Response(status, status == 204 ? null : recorded(operation.id()));
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    response.headers().forEach(exchange.getResponseHeaders()::add);
    String body = response.body();
    if (body == null) {
      exchange.sendResponseHeaders(response.status(), -1);
      return;
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(response.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String parameter : raw.split("&", -1)) {
        String[] parts = parameter.split("=", 2);
        query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  @Override
  public void close() {
    http.stop(0);
    executor.close();
  }
}
