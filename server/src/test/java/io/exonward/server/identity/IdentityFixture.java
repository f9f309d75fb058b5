package io.exonward.server.identity;

import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Transactions;
import io.exonward.server.store.TestIdentities;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** All identity services over a real database and a clock that the test moves. */
public final class IdentityFixture implements AutoCloseable {
  public final TestIdentities store = new TestIdentities();
  public final FakeClock clock = new FakeClock(Instant.parse("2026-11-23T12:00:00Z"));
  public final Transactions transactions = store.transactions();
  public final AuditLog audit = new AuditLog(store.audit(), transactions, clock);
  public final Operators operators;
  public final Sessions sessions;
  public final ApiTokens apiTokens;
  public final CertificateAuthority authority;
  public final JoinTokens joinTokens;
  public final Hosts hosts;
  public final AgentCertificates certificates;
  public final Enrollments enrollments;

  public IdentityFixture(Path folder) throws IOException {
    SecureRandom random = new SecureRandom();
    operators = new Operators(store.stores(), transactions, audit, clock, random);
    sessions = new Sessions(store.stores(), transactions, audit, clock, random);
    apiTokens = new ApiTokens(store.stores().apiTokens(), transactions, audit, clock, random);
    authority = CertificateAuthority.open(folder, clock, random);
    joinTokens =
        new JoinTokens(
            store.joinTokens(), transactions, audit, clock, random, authority.fingerprint());
    hosts = new Hosts(store.hosts(), transactions, clock);
    certificates =
        new AgentCertificates(
            authority, store.certificates(), hosts, transactions, audit, Duration.ofHours(24));
    enrollments = new Enrollments(joinTokens, certificates, hosts, transactions, audit, clock);
  }

  @Override
  public void close() {
    store.close();
  }
}
