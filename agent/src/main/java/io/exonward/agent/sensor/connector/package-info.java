/**
 * Executions, forks and exits from the process connector: every one of them, but the rest is read
 * from /proc, where a short-lived process is often gone. May import linux, sensor and common.
 */
@NullMarked
package io.exonward.agent.sensor.connector;

import org.jspecify.annotations.NullMarked;
