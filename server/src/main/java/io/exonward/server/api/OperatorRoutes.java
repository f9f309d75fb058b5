package io.exonward.server.api;

import io.exonward.server.identity.Operator;
import io.exonward.server.identity.OperatorChange;
import io.exonward.server.identity.Operators;
import io.exonward.server.identity.Role;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators. */
final class OperatorRoutes {
  private final Operators operators;

  OperatorRoutes(Operators operators) {
    this.operators = operators;
  }

  List<Route> routes() {
    String path = "/api/v1/operators";
    return List.of(
        Routes.get("listOperators", path, Role.ADMINISTRATOR, this::list),
        Routes.post("createOperator", path, Role.ADMINISTRATOR, this::create),
        Routes.put("updateOperator", path + "/{name}", Role.ADMINISTRATOR, this::update));
  }

  private record OperatorCreate(
      @Nullable String name, @Nullable String role, @Nullable String password) {}

  private record OperatorUpdate(
      @Nullable String role, @Nullable Boolean disabled, @Nullable String password) {}

  private record OperatorView(
      String name,
      String role,
      boolean disabled,
      Instant createdAt,
      @Nullable Instant lastSignInAt) {
    static OperatorView of(Operator it) {
      return new OperatorView(
          it.name(), it.role().code(), it.disabled(), it.createdAt(), it.lastSignInAt());
    }
  }

  private void list(Call call) {
    call.allowParameters(Set.of("limit", "after"));
    call.list(operators.list(call.page()), OperatorView::of);
  }

  private void create(Call call) {
    OperatorCreate body = call.body(OperatorCreate.class);
    String name = Fields.require("name", body.name());
    if (!Operator.isName(name)) {
      throw ProblemException.notAcceptable(
          "name", "has 1 to 64 of a-z, 0-9, '.', '_' and '-', and starts with a letter or digit");
    }
    Role role = Fields.choice("role", body.role(), Role.class);
    String password = password(Fields.require("password", body.password()));
    call.json(201, OperatorView.of(operators.create(call.caller().actor(), name, role, password)));
  }

  private void update(Call call) {
    OperatorUpdate body = call.body(OperatorUpdate.class);
    OperatorChange change =
        new OperatorChange(
            body.role() == null ? null : Fields.choice("role", body.role(), Role.class),
            body.disabled(),
            body.password() == null ? null : password(body.password()));
    call.ok(OperatorView.of(operators.update(call.caller().actor(), call.path("name"), change)));
  }

  private static String password(String text) {
    return Fields.text("password", text, Operators.MIN_PASSWORD, Operators.MAX_PASSWORD);
  }
}
