package io.exonward.server.api;

import io.exonward.server.identity.Role;
import io.javalin.http.HandlerType;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API.
 *
 * @param operationId as in openapi.yaml
 * @param leastRole null: open to anybody
 */
record Route(
    String operationId,
    HandlerType method,
    String path,
    @Nullable Role leastRole,
    Operation operation) {
  /** What is done for a caller who may do it. */
  interface Operation {
    void run(Call call) throws Exception;
  }

  /** Whether it changes something, so that a session's request must carry the CSRF token. */
  boolean isChange() {
    return !method.equals(HandlerType.GET);
  }
}
