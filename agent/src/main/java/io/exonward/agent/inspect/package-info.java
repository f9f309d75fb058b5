/**
 * What executed code is: its bytes, hashed from descriptors that cannot lie. May import linux,
 * sensor and common.
 */
@NullMarked
package io.exonward.agent.inspect;

import org.jspecify.annotations.NullMarked;
