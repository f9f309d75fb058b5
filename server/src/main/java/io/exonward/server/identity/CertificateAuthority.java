package io.exonward.server.identity;

import io.exonward.common.tls.CertificateRequest;
import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.Fingerprint;
import io.exonward.common.tls.Keys;
import io.exonward.server.identity.CertificateBuilder.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * Our own certificate authority: a P-256 root that signs short-lived certificates of agents and of
 * our ports. Immutable once opened, thread-safe.
 */
public final class CertificateAuthority {
  /** How long an agent's certificate lasts where nothing else is configured. */
  public static final Duration AGENT_LIFETIME = Duration.ofHours(24);

  private static final Duration ROOT_LIFETIME = Duration.ofDays(3652); // ten years
  private static final Duration SERVER_LIFETIME = Duration.ofDays(30);

  private final PrivateKey key;
  private final X509Certificate root;
  private final Clock clock;
  private final SecureRandom random;

  private CertificateAuthority(
      PrivateKey key, X509Certificate root, Clock clock, SecureRandom random) {
    this.key = key;
    this.root = root;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Loads the root from a folder that exists, or creates it there: {@code ca-key.pem} and {@code
   * ca.pem}.
   *
   * @throws IOException if the files cannot be read or written, or the key is open to others
   * @throws IllegalStateException if they do not belong together or the root has expired
   */
  public static CertificateAuthority open(Path folder, Clock clock, SecureRandom random)
      throws IOException {
    Path keyFile = folder.resolve("ca-key.pem");
    Path rootFile = folder.resolve("ca.pem");
    if (!Files.exists(rootFile)) {
      // A key alone is what a crash left: nothing was ever signed with it.
      create(keyFile, rootFile, clock.instant(), random);
    }
    X509Certificate root = Certificates.read(rootFile).getFirst();
    PrivateKey key = Keys.read(keyFile);
    if (!isPair(key, root.getPublicKey(), random)) {
      throw new IllegalStateException(
          keyFile + " is not the key of " + rootFile + ": restore both from one backup");
    }
    if (clock.instant().isAfter(root.getNotAfter().toInstant())) {
      throw new IllegalStateException(
          rootFile + " has expired: move it and its key away, and enroll all agents again");
    }
    return new CertificateAuthority(key, root, clock, random);
  }

  private static void create(Path keyFile, Path rootFile, Instant now, SecureRandom random)
      throws IOException {
    KeyPair keys = Keys.generate(random);
    Validity validity = new Validity(now, now.plus(ROOT_LIFETIME));
    X509Certificate root =
        new CertificateBuilder(random, validity, CertificateBuilder.AUTHORITY, keys.getPublic())
            .signRoot(keys.getPrivate());
    Keys.write(keyFile, keys.getPrivate());
    Certificates.write(rootFile, List.of(root));
  }

  private static boolean isPair(PrivateKey key, PublicKey publicKey, SecureRandom random) {
    byte[] probe = new byte[32];
    random.nextBytes(probe);
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(key);
      signer.update(probe);
      byte[] signature = signer.sign();
      signer.initVerify(publicKey);
      signer.update(probe);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The root certificate. */
  public X509Certificate root() {
    return root;
  }

  /** What a join token says of the root. */
  public Fingerprint fingerprint() {
    return Fingerprint.of(root);
  }

  /**
   * A client certificate for an agent.
   *
   * @param request PKCS #10 in DER; only its key counts, subject and extensions are ignored
   * @return the chain, leaf first, without the root
   * @throws io.exonward.common.tls.CredentialException if the request is malformed, not for a P-256
   *     key, or not signed by that key
   */
  public List<X509Certificate> issueAgent(UUID agent, byte[] request, Duration lifetime) {
    PublicKey agentKey = CertificateRequest.verify(request);
    GeneralName name =
        new GeneralName(GeneralName.uniformResourceIdentifier, AgentIdentity.uri(agent));
    return List.of(
        builder(new X500Name("CN=" + agent), lifetime, agentKey)
            .signLeaf(key, root, KeyPurposeId.id_kp_clientAuth, List.of(name)));
  }

  /**
   * A new key and certificate for a port of ours, for 30 days. The root ends the chain, because a
   * client that knows no more than its fingerprint finds it there.
   *
   * @param names host names and addresses that clients use for it, at least one
   * @throws IllegalArgumentException if a name is neither
   */
  public ServerCredential issueServer(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a server certificate needs at least one name");
    }
    KeyPair keys = Keys.generate(random);
    X509Certificate leaf =
        builder(new X500Name("CN=Exonward server"), SERVER_LIFETIME, keys.getPublic())
            .signLeaf(
                key,
                root,
                KeyPurposeId.id_kp_serverAuth,
                names.stream().map(CertificateBuilder::serverName).toList());
    return new ServerCredential(keys.getPrivate(), List.of(leaf, root));
  }

  private CertificateBuilder builder(X500Name subject, Duration lifetime, PublicKey subjectKey) {
    Instant now = clock.instant();
    Instant rootEnd = root.getNotAfter().toInstant();
    Instant end = now.plus(lifetime);
    Validity validity = new Validity(now, end.isBefore(rootEnd) ? end : rootEnd);
    return new CertificateBuilder(random, validity, subject, subjectKey);
  }
}
