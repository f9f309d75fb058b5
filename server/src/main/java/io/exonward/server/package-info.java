/** Starts the server: configuration, and all long-lived objects made in one place. Sees all. */
@NullMarked
package io.exonward.server;

import org.jspecify.annotations.NullMarked;
