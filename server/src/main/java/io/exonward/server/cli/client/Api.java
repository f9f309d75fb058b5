package io.exonward.server.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The admin API of one server. Every method throws {@link Failure} when the server cannot be
 * reached or refuses.
 *
 * <p>Thread-safe.
 */
public final class Api implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http;
  private final ServerUrl server;
  private final Credential credential;

  Api(HttpClient http, ServerUrl server, Credential credential) {
    this.http = http;
    this.server = server;
    this.credential = credential;
  }

  /** With an API token. */
  public static Api withToken(ServerUrl server, SSLContext trust, String token) {
    return new Api(http(trust), server, new Credential.Token(token));
  }

  /** Redirects are not followed: the token is for this server only. */
  static HttpClient http(SSLContext trust) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_TIMEOUT)
        .sslContext(trust)
        .build();
  }

  /** The server that is asked. */
  public ServerUrl server() {
    return server;
  }

  public Answer get(Target target) {
    return answer(exchange("GET", target, null));
  }

  /** A change; the body is null where the operation takes none. */
  public Answer post(Target target, @Nullable JsonNode body) {
    return answer(exchange("POST", target, body));
  }

  /** A change whose body is no JSON. */
  public Answer upload(Target target, byte[] body) {
    HttpRequest request =
        request("POST", target, null)
            .setHeader("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return answer(successful(send(request, BodyHandlers.ofString(StandardCharsets.UTF_8))));
  }

  public Answer put(Target target, JsonNode body) {
    return answer(exchange("PUT", target, body));
  }

  public void delete(Target target) {
    exchange("DELETE", target, null);
  }

  /** Opens the stream of changes; whoever calls closes it. */
  public EventStream openStream() {
    HttpRequest request =
        request("GET", Target.of("stream"), null).setHeader("Accept", "text/event-stream").build();
    HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw Refusals.of(server, response.statusCode(), readAll(response.body()));
    }
    return new EventStream(response.body());
  }

  /** One request and its successful answer, with its headers. */
  HttpResponse<String> exchange(String method, Target target, @Nullable JsonNode body) {
    return successful(
        send(request(method, target, body).build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> successful(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw Refusals.of(server, response.statusCode(), response.body());
    }
    return response;
  }

  /** Parses a successful answer. */
  Answer answer(HttpResponse<String> response) {
    try {
      return new Answer(response.body(), Json.parse(response.body()));
    } catch (Failure e) {
      throw new Failure(
          ExitCode.REFUSED,
          "the answer of " + server + " is not json; check that it is an Exonward server",
          e);
    }
  }

  private HttpRequest.Builder request(String method, Target target, @Nullable JsonNode body) {
    BodyPublisher content =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(target.toString()))
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", "application/json")
            .method(method, content);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    credential.authorize(request);
    return request;
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw Unreachable.because(server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.UNREACHABLE, "interrupted while waiting for " + server, e);
    }
  }

  private String readAll(InputStream body) {
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Unreachable.because(server, e);
    }
  }

  /** Ends connections at once, a stream that is still open as well. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
