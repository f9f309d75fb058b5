/**
 * Kernel data sources. A sensor is started and stopped as a unit and hands {@link
 * io.exonward.agent.sensor.KernelEvent}s on. The {@link io.exonward.agent.sensor.SensorLadder} runs
 * the best that prove themselves; all of its state that changes belongs to its one thread. May
 * import linux and common.
 */
@NullMarked
package io.exonward.agent.sensor;

import org.jspecify.annotations.NullMarked;
