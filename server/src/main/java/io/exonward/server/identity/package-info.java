/**
 * Who may do what: operators with passwords, roles, sessions and API tokens; agents with join
 * tokens, certificates and bans; and the audit log of what they did. Owns its store interfaces. May
 * import inventory; free of gRPC, protobuf, JDBC and HTTP.
 */
@NullMarked
package io.exonward.server.identity;

import org.jspecify.annotations.NullMarked;
