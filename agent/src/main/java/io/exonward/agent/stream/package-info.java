/**
 * The way to the server: enrollment, certificates, and the one long-lived stream that carries what
 * is in the spool. May import spool, health and common, and the generated protocol.
 *
 * <p>{@link io.exonward.agent.stream.AgentStream} is one thread that owns all state here; gRPC's
 * callbacks only hand work to it.
 */
@NullMarked
package io.exonward.agent.stream;

import org.jspecify.annotations.NullMarked;
