package io.exonward.server.api;

import io.exonward.server.identity.Role;
import io.javalin.http.HandlerType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every operation that the server offers, in one table; a test compares it with openapi.yaml. */
final class Routes {
  private final List<Route> all;

  Routes(List<List<Route>> parts) {
    this.all = parts.stream().flatMap(List::stream).toList();
  }

  List<Route> all() {
    return all;
  }

  static Route get(
      String operationId, String path, @Nullable Role leastRole, Route.Operation operation) {
    return new Route(operationId, HandlerType.GET, path, leastRole, operation);
  }

  static Route post(
      String operationId, String path, @Nullable Role leastRole, Route.Operation operation) {
    return new Route(operationId, HandlerType.POST, path, leastRole, operation);
  }

  static Route put(
      String operationId, String path, @Nullable Role leastRole, Route.Operation operation) {
    return new Route(operationId, HandlerType.PUT, path, leastRole, operation);
  }

  static Route delete(
      String operationId, String path, @Nullable Role leastRole, Route.Operation operation) {
    return new Route(operationId, HandlerType.DELETE, path, leastRole, operation);
  }
}
