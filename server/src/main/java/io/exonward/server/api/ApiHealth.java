package io.exonward.server.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the API says of the server.
 *
 * @param trouble why the server cannot serve; empty if it can
 */
public record ApiHealth(
    String version,
    Supplier<Optional<String>> trouble,
    PrometheusMeterRegistry metrics,
    Clock clock) {}
