/**
 * What exonctl writes: tables, sheets of one object, JSON and YAML. Text from hosts is untrusted
 * and made harmless here, for a terminal interprets what it is shown. Imports Jackson's tree and
 * snakeyaml-engine, and {@code cli.client} for reading the tree.
 */
@NullMarked
package io.exonward.server.cli.print;

import org.jspecify.annotations.NullMarked;
