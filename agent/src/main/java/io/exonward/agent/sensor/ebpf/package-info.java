/**
 * Executions, forks and exits from BPF programs through a ring buffer: every one of them, with the
 * identity of the executed file. May import linux, sensor and common.
 */
@NullMarked
package io.exonward.agent.sensor.ebpf;

import org.jspecify.annotations.NullMarked;
