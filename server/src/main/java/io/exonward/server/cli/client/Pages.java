package io.exonward.server.cli.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads lists of the API page by page. */
public final class Pages {
  /** Most that the API gives at once. */
  private static final int LARGEST_PAGE = 500;

  private Pages() {}

  /**
   * The first items of a list: the envelope of the first page with the items of all pages that were
   * read, and the "next" of the last.
   *
   * @param limit most items to read; {@link Long#MAX_VALUE} for all
   */
  public static ObjectNode read(Api api, Target list, long limit) {
    ObjectNode first = page(api, list, limit, null);
    ArrayNode items = first.withArray("items");
    String next = Json.text(first, "next");
    while (next != null && items.size() < limit) {
      ObjectNode page = page(api, list, limit - items.size(), next);
      Json.items(page, "items").forEach(items::add);
      String following = Json.text(page, "next");
      if (next.equals(following)) {
        throw new Failure(ExitCode.REFUSED, "the server repeats a page; tell its administrator");
      }
      next = following;
    }
    first.put("next", next);
    return first;
  }

  /** A list that the API gives in one piece. */
  public static ObjectNode readWhole(Api api, Target list) {
    return envelope(api, list);
  }

  private static ObjectNode page(Api api, Target list, long wanted, @Nullable String after) {
    String size = Long.toString(Math.min(wanted, LARGEST_PAGE));
    return envelope(api, list.with("limit", size).with("after", after));
  }

  private static ObjectNode envelope(Api api, Target target) {
    JsonNode json = api.get(target).json();
    if (json instanceof ObjectNode object && object.path("items").isArray()) {
      return object;
    }
    throw new Failure(ExitCode.REFUSED, "the answer of " + api.server() + " is not a list");
  }
}
