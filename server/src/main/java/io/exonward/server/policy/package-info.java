/** Host groups, their rules and baselines, and decisions. May import inventory. */
@NullMarked
package io.exonward.server.policy;

import org.jspecify.annotations.NullMarked;
