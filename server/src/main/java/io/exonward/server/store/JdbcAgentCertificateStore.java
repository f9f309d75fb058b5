package io.exonward.server.store;

import io.exonward.common.tls.Fingerprint;
import io.exonward.server.identity.AgentCertificateStore;
import java.time.Instant;
import java.util.UUID;

/** The certificates that agents hold, in PostgreSQL. Thread-safe. */
public final class JdbcAgentCertificateStore implements AgentCertificateStore {
  private final Database database;

  public JdbcAgentCertificateStore(Database database) {
    this.database = database;
  }

  @Override
  public void insert(UUID host, Fingerprint certificate, Instant issuedAt, Instant expiresAt) {
    database.use(handle -> {
      handle.execute(
          "delete from agent_certificate where host_id = ? and expires_at < ?", host, issuedAt);
      handle.execute(
          """
          insert into agent_certificate (fingerprint, host_id, issued_at, expires_at)
          values (?, ?, ?, ?)
          """,
          certificate.sha256().toBytes(),
          host,
          issuedAt,
          expiresAt);
    });
  }

  @Override
  public void deleteOf(UUID host) {
    database.use(handle -> handle.execute("delete from agent_certificate where host_id = ?", host));
  }

  @Override
  public boolean exists(UUID host, Fingerprint certificate) {
    return database.with(handle ->
        handle
            .createQuery(
                """
                select exists (select 1 from agent_certificate
                  where fingerprint = :fingerprint and host_id = :host)
                """)
            .bind("fingerprint", certificate.sha256().toBytes())
            .bind("host", host)
            .mapTo(Boolean.class)
            .one());
  }
}
