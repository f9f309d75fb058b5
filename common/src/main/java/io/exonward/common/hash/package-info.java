/** Content identity: SHA-256. Imports nothing of ours. */
@NullMarked
package io.exonward.common.hash;

import org.jspecify.annotations.NullMarked;
