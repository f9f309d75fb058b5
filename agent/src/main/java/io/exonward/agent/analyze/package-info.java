/**
 * Answers the server's questions about code that this agent reported: finds the file again, and has
 * a child without privileges make its genes, because nothing hostile is parsed in the agent itself.
 * May import stream (whose questions it answers), linux, sensor, health and common.
 *
 * <p>{@link io.exonward.agent.analyze.ExtractionMain} is that child; it shares nothing with the
 * agent but classes.
 */
@NullMarked
package io.exonward.agent.analyze;

import org.jspecify.annotations.NullMarked;
