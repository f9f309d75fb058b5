/**
 * Context that is added after capture: container, user, package, host; and the counting of what
 * repeats. Reads text files of the host, never resolves names by other means. May import process,
 * inspect, sensor and common.
 */
@NullMarked
package io.exonward.agent.enrich;

import org.jspecify.annotations.NullMarked;
