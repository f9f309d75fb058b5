/** Who runs: process identity, user, ancestry. Imports hash only. */
@NullMarked
package io.exonward.common.process;

import org.jspecify.annotations.NullMarked;
