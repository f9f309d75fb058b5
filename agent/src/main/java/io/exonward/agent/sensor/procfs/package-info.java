/**
 * Processes as /proc shows them: the last resort of the sensors, and what is found running at the
 * start. The text in /proc is hostile. May import linux, sensor and common.
 */
@NullMarked
package io.exonward.agent.sensor.procfs;

import org.jspecify.annotations.NullMarked;
