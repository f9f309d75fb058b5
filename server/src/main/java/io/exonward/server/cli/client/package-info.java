/**
 * How exonctl reaches the server: which certificates it trusts, the stored sign-in, requests, pages
 * and server-sent events of the admin API. Imports {@code common.tls}, the JDK's HTTP client and
 * Jackson's tree, nothing else of ours.
 */
@NullMarked
package io.exonward.server.cli.client;

import org.jspecify.annotations.NullMarked;
