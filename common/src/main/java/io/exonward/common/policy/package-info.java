/** Rules and their evaluation, pure: callers gather the facts. May import file and hash. */
@NullMarked
package io.exonward.common.policy;

import org.jspecify.annotations.NullMarked;
