/**
 * What a file is at one moment: its identity and where executed code came from. Imports nothing of
 * ours.
 */
@NullMarked
package io.exonward.common.file;

import org.jspecify.annotations.NullMarked;
