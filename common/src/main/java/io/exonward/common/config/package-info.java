/**
 * Strict typed YAML configuration: an unknown key is an error that names the nearest one. Imports
 * nothing of ours.
 */
@NullMarked
package io.exonward.common.config;

import org.jspecify.annotations.NullMarked;
