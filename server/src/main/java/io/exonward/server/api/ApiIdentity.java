package io.exonward.server.api;

import io.exonward.server.identity.ApiTokens;
import io.exonward.server.identity.AuditLog;
import io.exonward.server.identity.JoinTokens;
import io.exonward.server.identity.Operators;
import io.exonward.server.identity.Sessions;
import io.exonward.server.inventory.Transactions;

/** By what the API knows and records who uses it. */
public record ApiIdentity(
    Operators operators,
    Sessions sessions,
    ApiTokens apiTokens,
    JoinTokens joinTokens,
    AuditLog audit,
    Transactions transactions) {}
