package io.exonward.server;

import io.exonward.server.identity.CertificateAuthority;
import io.exonward.server.identity.ServerCredential;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of our ports at each handshake: issued at the start, and again when half of its
 * life is over. The key is only ever in memory. Thread-safe.
 */
final class ServerKeyManager extends X509ExtendedKeyManager {
  private static final String PREFIX = "server-";

  private record Current(ServerCredential credential, String alias) {}

  private final Supplier<ServerCredential> issue;
  private final Clock clock;
  // The one before stays usable for a handshake that has chosen its alias already.
  private volatile Current current;
  private volatile @Nullable Current previous;

  ServerKeyManager(CertificateAuthority authority, List<String> names, Clock clock) {
    this.issue = () -> authority.issueServer(names);
    this.clock = clock;
    this.current = new Current(issue.get(), PREFIX + 0);
  }

  /** Issues the next certificate if it is time. Called by one thread. */
  void renewIfDue() {
    Current old = current;
    if (clock.instant().isBefore(old.credential().renewAt())) {
      return;
    }
    int number = Integer.parseInt(old.alias().substring(PREFIX.length())) + 1;
    previous = old;
    current = new Current(issue.get(), PREFIX + number);
  }

  private @Nullable ServerCredential find(String alias) {
    Current now = current;
    Current before = previous;
    if (now.alias().equals(alias)) {
      return now.credential();
    }
    return before != null && before.alias().equals(alias) ? before.credential() : null;
  }

  private @Nullable String choose(@Nullable String keyType) {
    // TLS 1.2 asks by key type; our keys are P-256. // RFC 8422 section 5
    return keyType == null || keyType.startsWith("EC") ? current.alias() : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      @Nullable String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyType);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      @Nullable String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose(keyType);
  }

  @Override
  public String @Nullable [] getServerAliases(
      @Nullable String keyType, Principal @Nullable [] issuers) {
    String alias = choose(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    ServerCredential credential = find(alias);
    return credential == null ? null : credential.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    ServerCredential credential = find(alias);
    return credential == null ? null : credential.key();
  }

  @Override
  public String @Nullable [] getClientAliases(
      @Nullable String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
