/** Certificates, keys and fingerprints. May import hash. */
@NullMarked
package io.exonward.common.tls;

import org.jspecify.annotations.NullMarked;
