package io.exonward.server.api;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request with its answer, after its caller was checked. Used by one thread. */
final class Call {
  /** Longest body, in bytes. */
  static final int MAX_BODY = 64 * 1024;

  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_PARAMETER = 256;

  private final Context context;
  private final @Nullable Caller caller;

  Call(Context context, @Nullable Caller caller) {
    this.context = context;
    this.caller = caller;
  }

  Context context() {
    return context;
  }

  /** Who sent it; only routes with a least role have one. */
  Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("this route is open to anybody");
    }
    return caller;
  }

  /** The other end of the connection. */
  String address() {
    return context.req().getRemoteAddr();
  }

  <T> T body(Class<T> type) {
    String contentType = context.req().getContentType();
    if (contentType == null || !contentType.split(";", 2)[0].strip().equals("application/json")) {
      throw ProblemException.malformed(null, "the body must have the type application/json");
    }
    return Json.read(read(MAX_BODY), type);
  }

  /** A body that is no text; at most {@code max} bytes. */
  byte[] bytes(int max) {
    String contentType = context.req().getContentType();
    if (contentType == null || !contentType.equals("application/octet-stream")) {
      throw ProblemException.malformed(
          null, "the body must have the type application/octet-stream");
    }
    byte[] body = read(max);
    if (body.length == 0) {
      throw ProblemException.malformed(null, "the body is empty");
    }
    return body;
  }

  private byte[] read(int max) {
    byte[] body;
    try {
      body = context.req().getInputStream().readNBytes(max + 1);
    } catch (IOException e) {
      throw ProblemException.malformed(null, "the body ended too early");
    }
    if (body.length > max) {
      throw new ProblemException(
          Problem.Kind.TOO_LARGE, "the body has at most %d KiB".formatted(max / 1024));
    }
    return body;
  }

  /** Refuses query parameters other than these, which would be silently without effect. */
  void allowParameters(Set<String> known) {
    for (String name : context.queryParamMap().keySet()) {
      if (!known.contains(name)) {
        throw ProblemException.malformed(name, "unknown parameter");
      }
    }
  }

  /** A query parameter; null if absent or empty. */
  @Nullable String parameter(String name) {
    return parameter(name, MAX_PARAMETER);
  }

  /** The same, with a length of its own. */
  @Nullable String parameter(String name, int maxCharacters) {
    List<String> values = context.queryParams(name);
    if (values.size() > 1) {
      throw ProblemException.malformed(name, "given twice");
    }
    String value = values.isEmpty() ? null : values.getFirst();
    if (value == null || value.isEmpty()) {
      return null;
    }
    return Fields.text(name, value, 1, maxCharacters);
  }

  /** A query parameter, read by {@code reader}; null if absent. */
  <T> @Nullable T parameter(String name, Function<String, T> reader) {
    String value = parameter(name);
    return value == null ? null : reader.apply(value);
  }

  PageRequest page() {
    String limit = parameter("limit");
    int count = DEFAULT_LIMIT;
    if (limit != null) {
      long number = Fields.number("limit", limit);
      if (number < 1 || number > PageRequest.MAX_LIMIT) {
        throw ProblemException.malformed("limit", "must be 1 to " + PageRequest.MAX_LIMIT);
      }
      count = (int) number;
    }
    return new PageRequest(count, parameter("after"));
  }

  String path(String name) {
    return context.pathParam(name);
  }

  UUID uuid(String name) {
    return Fields.uuid(name, path(name));
  }

  long number(String name) {
    return Fields.number(name, path(name));
  }

  Sha256 sha256(String name) {
    return Fields.sha256(name, path(name));
  }

  void json(int status, Object value) {
    context.status(status).contentType("application/json").result(Json.write(value));
  }

  void ok(Object value) {
    json(200, value);
  }

  <T> void list(Page<T> page, Function<T, ?> view) {
    ok(new ListView(page.items().stream().map(view).toList(), page.next()));
  }

  void noContent() {
    context.status(204);
  }

  /** A part of a list. */
  record ListView(List<?> items, @Nullable String next) {}
}
