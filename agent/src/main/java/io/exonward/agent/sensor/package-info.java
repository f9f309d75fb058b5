/**
 * Kernel data sources. A sensor is started and stopped as a unit and hands {@link
 * io.exonward.agent.sensor.KernelEvent}s on. May import linux and common.
 */
@NullMarked
package io.exonward.agent.sensor;

import org.jspecify.annotations.NullMarked;
