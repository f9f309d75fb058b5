/**
 * The crash-safe, bounded queue on disk between the host and the server. Knows events only as
 * bytes, but for {@link io.exonward.agent.spool.SpoolSink}. May import common.
 *
 * <p>Locks: {@code Spool}, then {@code SpoolLedger}; {@code WriteQueue} has one of its own. No I/O
 * happens while one is held.
 */
@NullMarked
package io.exonward.agent.spool;

import org.jspecify.annotations.NullMarked;
