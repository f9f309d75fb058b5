/** The join token, which both sides read. May import hash and tls. */
@NullMarked
package io.exonward.common.enroll;

import org.jspecify.annotations.NullMarked;
