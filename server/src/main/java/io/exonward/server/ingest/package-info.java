/**
 * Takes agents in: their listener, their streams and enrollment. Every batch of events is one
 * transaction through inventory, policy, detect and alert, and is acknowledged after its commit.
 * May import everything but api and store; with {@code common.wire} the only place of generated
 * protocol classes on the server.
 */
@NullMarked
package io.exonward.server.ingest;

import org.jspecify.annotations.NullMarked;
