/** Detections grouped for triage, and what people decide about them. May import detect. */
@NullMarked
package io.exonward.server.alert;

import org.jspecify.annotations.NullMarked;
