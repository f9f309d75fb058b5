/**
 * What brings code into memory after a program was started, or changes it there: from BPF programs
 * on the trace points of system calls. May import linux, sensor, sensor.ebpf and common.
 */
@NullMarked
package io.exonward.agent.sensor.action;

import org.jspecify.annotations.NullMarked;
