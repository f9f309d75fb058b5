/** Certificates, keys and fingerprints. Imports nothing of ours. */
@NullMarked
package io.exonward.common.tls;

import org.jspecify.annotations.NullMarked;
