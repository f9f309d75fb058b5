package io.exonward.server.cli.client;

import tools.jackson.databind.JsonNode;

/**
 * What the server said.
 *
 * @param body exactly as received
 * @param json the same, parsed
 */
public record Answer(String body, JsonNode json) {}
