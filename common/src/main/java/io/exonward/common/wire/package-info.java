/**
 * Proto to domain and back, both directions: the only package here that sees generated code. Checks
 * every limit that the proto files state.
 */
@NullMarked
package io.exonward.common.wire;

import org.jspecify.annotations.NullMarked;
