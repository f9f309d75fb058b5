/** What is worth a person's attention: detectors and what they find. May import policy. */
@NullMarked
package io.exonward.server.detect;

import org.jspecify.annotations.NullMarked;
