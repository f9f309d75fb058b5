package io.exonward.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What this machine's agent reported, as the server's API tells it: the executions of the only
 * host, newest first, down to the newest of the call before.
 */
final class ServerReports implements Reports, AutoCloseable {
  private static final int PAGE = 100;
  private static final Pattern ID = Pattern.compile("\\{\\s*\"id\"\\s*:\\s*\"?([0-9a-f-]+)\"?");
  private static final Pattern NEXT = Pattern.compile("\"next\"\\s*:\\s*\"([^\"]+)\"");

  private final HttpClient client;
  private final String url;
  private final String token;
  private long newest;

  /**
   * @param data folder of {@code packaging/up}, with a server that runs
   * @param newest number of the newest execution that was read before; 0 for none
   * @throws IOException if the folder lacks what a client needs
   */
  ServerReports(Path data, long newest) throws IOException {
    this.newest = newest;
    url =
        "https://localhost:" + Files.readString(data.resolve("run/port")).strip() + "/api/v1/hosts";
    token = Files.readString(data.resolve("server/exonctl-token")).strip();
    client = HttpClient.newBuilder().sslContext(trust(data.resolve("server/ca.crt"))).build();
  }

  private static SSLContext trust(Path authority) throws IOException {
    try (InputStream in = Files.newInputStream(authority)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(authority + " is no certificate", e);
    }
  }

  @Override
  public void readInto(Marks marks) {
    Matcher host = ID.matcher(get(""));
    if (!host.find()) {
      return;
    }
    String executions = "/" + host.group(1) + "/executions?limit=" + PAGE;
    long known = newest;
    String after = "";
    boolean isNew = true;
    while (isNew) {
      String page = get(executions + after);
      isNew = addNew(page, known, marks);
      Matcher next = NEXT.matcher(page);
      if (!next.find()) {
        return;
      }
      after = "&after=" + next.group(1);
    }
  }

  /** Adds what is newer than {@code known}; false if the page goes further back than that. */
  private boolean addNew(String page, long known, Marks marks) {
    Matcher item = ID.matcher(page);
    int start = -1;
    boolean isKnown = false;
    while (!isKnown && item.find()) {
      if (start >= 0) {
        marks.add(page.substring(start, item.start()));
      }
      long id = Long.parseLong(item.group(1));
      newest = Math.max(newest, id);
      isKnown = id <= known;
      start = isKnown ? -1 : item.start();
    }
    if (start >= 0) {
      marks.add(page.substring(start));
    }
    return !isKnown;
  }

  /** Number of the newest execution that was read. */
  long newest() {
    return newest;
  }

  private String get(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            url + path + " answered " + response.statusCode() + ": " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
