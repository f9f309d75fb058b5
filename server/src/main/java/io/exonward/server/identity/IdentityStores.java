package io.exonward.server.identity;

/** The stores of operators and what they sign in with, over one database. */
public record IdentityStores(
    OperatorStore operators, SessionStore sessions, ApiTokenStore apiTokens) {}
