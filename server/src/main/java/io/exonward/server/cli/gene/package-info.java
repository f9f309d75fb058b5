/**
 * Code on this machine, for the commands that need no server: finding it in files, directories and
 * packages, making genes of it on all processors, and the index of families in a directory. Input
 * is hostile and limited; whatever is left out is said. Imports {@code common.gene}, {@code
 * common.hash}, commons-compress and {@code cli.client} for failures.
 */
@NullMarked
package io.exonward.server.cli.gene;

import org.jspecify.annotations.NullMarked;
