/**
 * The database: JDBC implementations of the stores that the domain packages own, and the embedded
 * PostgreSQL. The only package that sees JDBI, Flyway and the driver. Prepared SQL only; lists go
 * on after a position in their order, never by offset.
 *
 * <p>Lock order in the database, against deadlocks: epoch, host group, code objects by hash,
 * baseline entries by hash, alerts by subject, host.
 */
@NullMarked
package io.exonward.server.store;

import org.jspecify.annotations.NullMarked;
