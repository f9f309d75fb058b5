package io.exonward.server.api;

import io.exonward.common.config.HostPort;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The HTTPS listener of console and API: HTTP/1.1 over TLS 1.2 or 1.3, one virtual thread for each
 * request. Thread-safe.
 */
public final class ApiServer implements AutoCloseable {
  private static final int IDLE_MILLIS = 60_000;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private final Javalin javalin;
  private final Guard guard;
  private final ChangeStream stream;
  private final MeterRegistry metrics;

  private ApiServer(HostPort listen, SSLContext tls, ApiOperations operations) {
    this.guard = operations.guard();
    this.stream = operations.stream();
    this.metrics = operations.metrics();
    SecurityHeaders headers =
        new SecurityHeaders(ConsoleFiles.importMapSource(), isLoopback(listen));
    this.javalin =
        Javalin.create(config -> {
          configure(config);
          config.jetty.addConnector((server, http) -> connector(server, http, listen, tls));
          config.routes.before(headers::apply);
          operations.routes().all().forEach(route -> add(config, route));
          Problems.install(config.routes);
        });
  }

  /**
   * Starts to listen.
   *
   * @param tls gives the present certificate at each handshake
   * @throws ListenException if the address cannot be used
   */
  public static ApiServer start(HostPort listen, SSLContext tls, ApiOperations operations) {
    ApiServer server = new ApiServer(listen, tls, operations);
    try {
      server.javalin.start();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw new ListenException(listen, e);
    }
  }

  /** The port, useful when 0 was asked for. */
  public int port() {
    return javalin.port();
  }

  private static void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.http.generateEtags = false;
    config.http.maxRequestSize = Call.MAX_BODY;
    // Secrets and what others say in one compressed answer would leak by its length (BREACH).
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.resourceHandler(new ConsoleFiles());
    config.jetty.modifyServer(server -> server.setErrorHandler(ApiServer::refuse));
    config.jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setSendXPoweredBy(false);
      http.setRequestHeaderSize(MAX_HEADER_BYTES);
    });
  }

  /** What Jetty itself finds unreadable, before any of our code sees it. */
  private static boolean refuse(Request request, Response response, Callback callback) {
    response.getHeaders().put("Content-Type", "application/json");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Cache-Control", "no-store");
    Problem problem =
        Problem.of(Problem.Kind.INVALID_REQUEST, null, "this is no request that can be read");
    response.write(true, ByteBuffer.wrap(Json.write(problem)), callback);
    return true;
  }

  private static Connector connector(
      Server server, HttpConfiguration base, HostPort listen, SSLContext tls) {
    HttpConfiguration http = new HttpConfiguration(base);
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(tls);
    ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    ServerConnector connector =
        new ServerConnector(
            server, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(http));
    connector.setHost(listen.host());
    connector.setPort(listen.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    return connector;
  }

  private void add(JavalinConfig config, Route route) {
    config.routes.addHttpHandler(route.method(), route.path(), context -> run(route, context));
    if (route.method().equals(HandlerType.GET)) {
      // Jetty leaves the body out.
      config.routes.addHttpHandler(HandlerType.HEAD, route.path(), context -> run(route, context));
    }
  }

  private void run(Route route, Context context) throws Exception {
    long begin = System.nanoTime();
    try {
      guard.run(route, context);
    } finally {
      metrics
          .timer("exonward.api.requests", "operation", route.operationId())
          .record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    }
  }

  private static boolean isLoopback(HostPort listen) {
    try {
      return InetAddress.getByName(listen.host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new ListenException(listen, e);
    }
  }

  /** Ends streams, lets requests finish and stops listening. */
  @Override
  public void close() {
    stream.close();
    javalin.stop();
  }
}
