/**
 * exonctl: the admin API on the command line. One class per noun builds the noun's commands, and
 * each command parses, calls the client and prints. Imports {@code cli.client}, {@code cli.print},
 * {@code cli.gene} with {@code common.gene} for what needs no server, and picocli's programmatic
 * API (no annotations, so nothing is read by reflection at start-up), nothing else of the server.
 *
 * <p>Exit codes, see {@link io.exonward.server.cli.client.ExitCode}: 0 done; 1 the server refused
 * or failed, or a local file could not be read or written; 2 wrong usage, or a confirmation is
 * missing; 3 the server cannot be reached, or its certificate is not trusted; 4 not signed in, or
 * the role does not suffice; 5 what was named does not exist; 6 code analyze found malicious code.
 *
 * <p>Data goes to standard output, messages to standard error. {@code -o json} prints what the API
 * answered; lists are one envelope with the items of all pages read. {@code -o name} prints ids,
 * one on a line.
 */
@NullMarked
package io.exonward.server.cli;

import org.jspecify.annotations.NullMarked;
