/**
 * What the agent says about itself: counters, its own use of memory and time and the limit of that,
 * the ledger of past coverage, and the status that {@code exon-agent status} asks for. May import
 * spool and common.
 */
@NullMarked
package io.exonward.agent.health;

import org.jspecify.annotations.NullMarked;
