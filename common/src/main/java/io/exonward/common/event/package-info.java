/** What an agent observes, as values without I/O. May import process, file, hash and policy. */
@NullMarked
package io.exonward.common.event;

import org.jspecify.annotations.NullMarked;
