/**
 * Who runs: the table of processes and their ancestry. May import common.
 *
 * <p>Nothing here is thread-safe but what says so: the pipeline's thread owns it.
 */
@NullMarked
package io.exonward.agent.process;

import org.jspecify.annotations.NullMarked;
