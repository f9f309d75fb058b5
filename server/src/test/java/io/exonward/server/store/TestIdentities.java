package io.exonward.server.store;

import io.exonward.server.identity.AgentCertificateStore;
import io.exonward.server.identity.AuditStore;
import io.exonward.server.identity.IdentityStores;
import io.exonward.server.identity.JoinTokenStore;
import io.exonward.server.inventory.HostStore;
import io.exonward.server.inventory.Transactions;
import org.jdbi.v3.core.Jdbi;

/** The stores of identities over a real, empty database. */
public final class TestIdentities implements AutoCloseable {
  private final TestDatabase test = TestDatabase.fresh();
  private final Database database =
      Database.open(
          test.dataSource().getJdbcUrl(),
          test.dataSource().getUsername(),
          test.dataSource().getPassword());

  /** For stores of other packages. */
  public Database database() {
    return database;
  }

  /** Behind the stores' back. */
  public Jdbi jdbi() {
    return test.jdbi();
  }

  public Transactions transactions() {
    return new JdbcTransactions(database);
  }

  public IdentityStores stores() {
    return new IdentityStores(
        new JdbcOperatorStore(database),
        new JdbcSessionStore(database),
        new JdbcApiTokenStore(database));
  }

  public AuditStore audit() {
    return new JdbcAuditStore(database);
  }

  public JoinTokenStore joinTokens() {
    return new JdbcJoinTokenStore(database);
  }

  public AgentCertificateStore certificates() {
    return new JdbcAgentCertificateStore(database);
  }

  public HostStore hosts() {
    return new JdbcHostStore(database);
  }

  @Override
  public void close() {
    database.close();
    test.close();
  }
}
