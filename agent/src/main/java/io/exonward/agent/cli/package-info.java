/**
 * {@code exon-agent status | check | enroll}. Data on standard output, messages on standard error;
 * exit code 0: well, 1: a problem was found, 2: wrong usage or configuration, 3: the agent cannot
 * be reached. May import all of the agent.
 */
@NullMarked
package io.exonward.agent.cli;

import org.jspecify.annotations.NullMarked;
