package io.exonward.server.api;

import io.exonward.common.config.HostPort;
import io.exonward.server.alert.Alerts;
import io.exonward.server.alert.Triage;
import io.exonward.server.coverage.Coverages;
import io.exonward.server.identity.Actor;
import io.exonward.server.identity.ApiTokens;
import io.exonward.server.identity.IdentityFixture;
import io.exonward.server.identity.Operator;
import io.exonward.server.identity.Role;
import io.exonward.server.identity.ServerCredential;
import io.exonward.server.inventory.Inventory;
import io.exonward.server.policy.Baselines;
import io.exonward.server.policy.Groups;
import io.exonward.server.policy.Rules;
import io.exonward.server.store.Database;
import io.exonward.server.store.JdbcAlertStore;
import io.exonward.server.store.JdbcBaselineStore;
import io.exonward.server.store.JdbcCoverageStore;
import io.exonward.server.store.JdbcGroupStore;
import io.exonward.server.store.JdbcInventoryStore;
import io.exonward.server.store.JdbcRuleStore;
import io.exonward.server.store.TestGenes;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The real HTTPS server over a real database, with one operator for each role. */
final class ApiFixture implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";
  private static final Actor SETUP = Actor.system("test");

  final IdentityFixture identity;
  final ApiOperations operations;
  final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
  private final ApiServer server;
  private final HttpClient client;

  ApiFixture(Path folder) throws Exception {
    identity = new IdentityFixture(folder);
    operations =
        new ApiOperations(
            services(identity),
            new ApiIdentity(
                identity.operators,
                identity.sessions,
                identity.apiTokens,
                identity.joinTokens,
                identity.audit,
                identity.transactions),
            new ApiHealth(
                "test",
                trouble::get,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                identity.clock));
    SSLContext tls = tls(identity);
    server = ApiServer.start(new HostPort("127.0.0.1", 0), tls, operations);
    client = HttpClient.newBuilder().sslContext(tls).build();
    for (Role role : Role.values()) {
      var _ = identity.operators.create(SETUP, role.code(), role, PASSWORD);
    }
  }

  private static ApiServices services(IdentityFixture identity) {
    Database database = identity.store.database();
    Groups groups = new Groups(new JdbcGroupStore(database), identity.transactions, identity.clock);
    Rules rules =
        new Rules(new JdbcRuleStore(database), groups, identity.transactions, identity.clock);
    JdbcAlertStore alertStore = new JdbcAlertStore(database);
    Coverages coverages =
        new Coverages(new JdbcCoverageStore(database), identity.hosts, identity.clock);
    Alerts alerts =
        new Alerts(
            alertStore,
            coverages,
            TestGenes.lineageStore(database),
            identity.transactions,
            identity.clock);
    TestGenes genes =
        new TestGenes(
            database, alerts, alertStore, identity.hosts, identity.transactions, identity.clock);
    return new ApiServices(
        identity.hosts,
        new Inventory(new JdbcInventoryStore(database)),
        coverages,
        groups,
        rules,
        new Baselines(new JdbcBaselineStore(database), groups, identity.clock),
        alerts,
        new Triage(alertStore, alerts, rules, identity.transactions, identity.clock),
        genes.families,
        genes.lineages);
  }

  private static SSLContext tls(IdentityFixture identity)
      throws GeneralSecurityException, IOException {
    ServerCredential credential = identity.authority.issueServer(List.of("127.0.0.1"));
    char[] password = "memory only".toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "server", credential.key(), password, credential.chain().toArray(X509Certificate[]::new));
    keys.setCertificateEntry("root", identity.authority.root());
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, password);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return tls;
  }

  /** What a client shows, as headers. */
  record Credentials(Map<String, String> headers) {
    static final Credentials NONE = new Credentials(Map.of());
  }

  private Operator operator(Role role) {
    return identity.operators.find(role.code()).orElseThrow();
  }

  Credentials session(Role role, boolean withCsrf) {
    var opened = identity.sessions.open(operator(role), "127.0.0.1");
    String cookie = "exonward_session=" + opened.id();
    return new Credentials(
        withCsrf
            ? Map.of("Cookie", cookie, "X-Exonward-Csrf", opened.session().csrfToken())
            : Map.of("Cookie", cookie));
  }

  Credentials token(Role role) {
    ApiTokens.Wish wish = new ApiTokens.Wish("test", role, Duration.ofDays(1));
    String text = identity.apiTokens.create(SETUP, role.code(), role, wish).text();
    return new Credentials(Map.of("Authorization", "Bearer " + text));
  }

  HttpResponse<String> send(String method, String path, Credentials who, String body)
      throws IOException, InterruptedException {
    return client.send(request(method, path, who, body), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends bytes that are no text. */
  HttpResponse<String> upload(String path, Credentials who, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(request("POST", path, who, ""), (_, _) -> true)
            .setHeader("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, Credentials who) throws IOException, InterruptedException {
    return send("GET", path, who, "");
  }

  HttpClient client() {
    return client;
  }

  HttpRequest request(String method, String path, Credentials who, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    who.headers().forEach(request::header);
    return request.build();
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    identity.close();
  }
}
