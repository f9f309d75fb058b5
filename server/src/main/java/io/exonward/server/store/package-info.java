/**
 * The database: JDBC implementations of the stores that the domain packages own, and the embedded
 * PostgreSQL. The only package that sees JDBI, Flyway and the driver.
 */
@NullMarked
package io.exonward.server.store;

import org.jspecify.annotations.NullMarked;
