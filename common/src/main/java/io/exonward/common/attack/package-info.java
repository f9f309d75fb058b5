/** Tactics and techniques of MITRE ATT&amp;CK. Imports nothing of ours. */
@NullMarked
package io.exonward.common.attack;

import org.jspecify.annotations.NullMarked;
