/**
 * The benchmark behind {@code packaging/bench}: runs loads under each subject (no agent, this
 * project's, others), counts what each of them saw, and says what that cost. Imports nothing but
 * the JDK; it measures programs from outside.
 */
@NullMarked
package io.exonward.bench;

import org.jspecify.annotations.NullMarked;
