/** The agent's entry, its configuration and its assembly, the one place that sees every package. */
@NullMarked
package io.exonward.agent;

import org.jspecify.annotations.NullMarked;
