package io.exonward.server.cli.client;

/**
 * One server-sent event. // WHATWG HTML, 9.2 Server-sent events
 *
 * @param type "message" where the server named none
 * @param data lines joined by line feeds
 */
public record ServerEvent(String type, String data) {}
