/**
 * End to end: the real commands start a real server and a real agent, real programs run, and what
 * comes out is read through exonctl and the console. The only code that sees both agent and server.
 */
@NullMarked
package io.exonward.packaging;

import org.jspecify.annotations.NullMarked;
