package io.exonward.server.identity;

import io.exonward.common.tls.CertificateRequest;
import io.exonward.common.tls.CredentialException;
import io.exonward.server.identity.EnrollmentResult.AlreadyEnrolled;
import io.exonward.server.identity.EnrollmentResult.Enrolled;
import io.exonward.server.identity.EnrollmentResult.Malformed;
import io.exonward.server.identity.EnrollmentResult.TokenRefused;
import io.exonward.server.identity.EnrollmentResult.TooManyAttempts;
import io.exonward.server.inventory.Changes;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Transactions;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Gives machines their identity in exchange for a join token: one per machine id, replaced only by
 * a token that says so, which also lifts a ban. Token, host, certificate and audit line are one
 * transaction. Thread-safe.
 */
public final class Enrollments {
  private static final int FREE_FAILURES = 10;

  private final JoinTokens tokens;
  private final AgentCertificates certificates;
  private final Hosts hosts;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Throttle throttle;
  private final Changes<UUID> replacements = new Changes<>();

  public Enrollments(
      JoinTokens tokens,
      AgentCertificates certificates,
      Hosts hosts,
      Transactions transactions,
      AuditLog audit,
      Clock clock) {
    this.tokens = tokens;
    this.certificates = certificates;
    this.hosts = hosts;
    this.transactions = transactions;
    this.audit = audit;
    this.throttle = new Throttle(clock, FREE_FAILURES);
  }

  /** Hosts that were given a new identity: whoever still holds the old one is to be cut off. */
  public Changes<UUID> replacements() {
    return replacements;
  }

  /**
   * Enrolls a machine, or says why not.
   *
   * @param from the other end of the connection
   */
  public EnrollmentResult enroll(EnrollmentRequest request, InetAddress from) {
    String key = from.getHostAddress();
    Duration wait = throttle.delay(key);
    if (!wait.isZero()) {
      return new TooManyAttempts(wait);
    }
    String problem = request.findProblem();
    if (problem != null) {
      return new Malformed(problem);
    }
    try {
      var _ = CertificateRequest.verify(request.certificateRequest());
    } catch (CredentialException e) {
      return new Malformed(String.valueOf(e.getMessage()));
    }
    EnrollmentResult result = transactions.call(() -> exchange(request, from));
    if (result instanceof TokenRefused) {
      throttle.failed(key);
    }
    return result;
  }

  private EnrollmentResult exchange(EnrollmentRequest request, InetAddress from) {
    Optional<StoredJoinToken> token = tokens.lock(request.secret(), from);
    if (token.isEmpty()) {
      return new TokenRefused();
    }
    Optional<Host> known = hosts.findByMachineId(request.machineId());
    if (known.isPresent() && !token.get().replace()) {
      return new AlreadyEnrolled();
    }
    tokens.use(token.get());
    String group = token.get().group();
    Host host =
        known.isPresent()
            ? hosts.reenroll(known.get().id(), request.hostname(), group)
            : hosts.enroll(UUID.randomUUID(), request.hostname(), group, request.machineId());
    List<X509Certificate> chain = certificates.replace(host.id(), request.certificateRequest());
    audit.record(
        Actor.agent(host.id().toString(), from.getHostAddress()),
        known.isPresent() ? "agent.replace" : "agent.enroll",
        "host/" + host.id(),
        describe(host, token.get(), chain.getFirst()));
    if (known.isPresent()) {
      transactions.afterCommit(() -> replacements.publish(host.id()));
    }
    return new Enrolled(host.id(), group, chain);
  }

  private static Map<String, String> describe(
      Host host, StoredJoinToken token, X509Certificate certificate) {
    Map<String, String> detail = new TreeMap<>(AgentCertificates.describe(certificate));
    detail.put("hostname", host.hostname());
    detail.put("machine_id", host.machineId());
    detail.put("group", host.group());
    detail.put("join_token", token.id().toString());
    return detail;
  }
}
