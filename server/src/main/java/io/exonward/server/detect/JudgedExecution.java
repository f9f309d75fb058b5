package io.exonward.server.detect;

import io.exonward.common.policy.Decision;
import io.exonward.server.inventory.ExecutionRecord;

/**
 * An execution and what the server's policy says of it.
 *
 * @param hostname of the host that it ran on, untrusted text
 */
public record JudgedExecution(ExecutionRecord record, String hostname, Decision decision) {}
