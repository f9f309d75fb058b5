/** Tests of the benchmark's arithmetic; {@code BenchTest} runs the whole. */
@NullMarked
package io.exonward.bench;

import org.jspecify.annotations.NullMarked;
