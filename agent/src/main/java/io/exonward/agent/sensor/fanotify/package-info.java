/**
 * The bytes of executed files, by descriptors that the kernel opens: they outlive the process and
 * cannot be swapped. Identical notifications merge, so that this gives bytes and never counts. May
 * import linux, sensor and common.
 */
@NullMarked
package io.exonward.agent.sensor.fanotify;

import org.jspecify.annotations.NullMarked;
