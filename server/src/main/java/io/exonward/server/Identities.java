package io.exonward.server;

import io.exonward.server.identity.Actor;
import io.exonward.server.identity.AgentCertificates;
import io.exonward.server.identity.ApiTokens;
import io.exonward.server.identity.AuditLog;
import io.exonward.server.identity.CertificateAuthority;
import io.exonward.server.identity.Enrollments;
import io.exonward.server.identity.IdentityStores;
import io.exonward.server.identity.JoinTokens;
import io.exonward.server.identity.Operator;
import io.exonward.server.identity.Operators;
import io.exonward.server.identity.Role;
import io.exonward.server.identity.Sessions;
import io.exonward.server.store.Database;
import io.exonward.server.store.JdbcAgentCertificateStore;
import io.exonward.server.store.JdbcApiTokenStore;
import io.exonward.server.store.JdbcAuditStore;
import io.exonward.server.store.JdbcJoinTokenStore;
import io.exonward.server.store.JdbcOperatorStore;
import io.exonward.server.store.JdbcSessionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Operators, agents and the audit log over one database. */
final class Identities {
  private static final Duration BOOTSTRAP_LIFETIME = Duration.ofDays(366);

  final AuditLog audit;
  final Operators operators;
  final Sessions sessions;
  final ApiTokens apiTokens;
  final JoinTokens joinTokens;
  final AgentCertificates certificates;
  final Enrollments enrollments;

  Identities(
      Database database,
      Domain domain,
      CertificateAuthority authority,
      Duration certificateLifetime,
      Clock clock) {
    SecureRandom random = new SecureRandom();
    var transactions = domain.transactions;
    IdentityStores stores =
        new IdentityStores(
            new JdbcOperatorStore(database),
            new JdbcSessionStore(database),
            new JdbcApiTokenStore(database));
    audit = new AuditLog(new JdbcAuditStore(database), transactions, clock);
    operators = new Operators(stores, transactions, audit, clock, random);
    sessions = new Sessions(stores, transactions, audit, clock, random);
    apiTokens = new ApiTokens(stores.apiTokens(), transactions, audit, clock, random);
    joinTokens =
        new JoinTokens(
            new JdbcJoinTokenStore(database),
            transactions,
            audit,
            clock,
            random,
            authority.fingerprint());
    certificates =
        new AgentCertificates(
            authority,
            new JdbcAgentCertificateStore(database),
            domain.hosts,
            transactions,
            audit,
            certificateLifetime);
    enrollments =
        new Enrollments(joinTokens, certificates, domain.hosts, transactions, audit, clock);
  }

  /** Writes an administrator's API token into the file, if there is no such file. */
  void writeBootstrapToken(Path file) {
    if (Files.exists(file)) {
      return;
    }
    Operator owner =
        operators
            .findAdministrator()
            .orElseThrow(() -> new IllegalStateException("there is no enabled administrator"));
    ApiTokens.Wish wish = new ApiTokens.Wish("bootstrap", Role.ADMINISTRATOR, BOOTSTRAP_LIFETIME);
    ApiTokens.Created created =
        apiTokens.create(Actor.system("start"), owner.name(), Role.ADMINISTRATOR, wish);
    DataFolder.writeSecret(file, created.text());
  }
}
