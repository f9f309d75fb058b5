/**
 * Routes live in the fragment, so that the server serves one page and a reload never asks it for a path it does not know.
 * "#/alerts/12?x=y" is {name: "alerts", id: "12", query: {x: "y"}, path: "alerts/12"}.
 */
export function parseRoute(hash) {
  const [path, search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [name, id] = path.split("/", 2);
  return {
    name: name || "overview",
    id: id ? decode(id) : null,
    query: Object.fromEntries(new URLSearchParams(search)),
    path,
  };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a link cut off within a percent sign
  }
}

/** The address of a route, empty query values left out. */
export function href(name, id = null, query = {}) {
  const kept = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const search = new URLSearchParams(kept).toString();
  return `#/${name}${id === null ? "" : `/${encodeURIComponent(id)}`}${search ? `?${search}` : ""}`;
}

/** Changes the query of the present route without a new entry in the browser's history. */
export function replaceQuery(route, query) {
  history.replaceState(null, "", href(route.name, route.id, query));
  dispatchEvent(new HashChangeEvent("hashchange"));
}
