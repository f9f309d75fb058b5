import { session } from "./session.js";

const ROOT = "/api/v1";

/** A call that failed, with the server's own words. */
export class ApiError extends Error {
  constructor(status, code, message, field = null) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

function address(path, query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") {
      parameters.set(name, value);
    }
  }
  const text = parameters.toString();
  return ROOT + path + (text ? `?${text}` : "");
}

async function send(method, path, { query, body, signal }) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  if (method !== "GET" && session.csrfToken) {
    headers["X-Exonward-Csrf"] = session.csrfToken;
  }
  try {
    const response = await fetch(address(path, query), {
      method,
      headers,
      signal,
      credentials: "same-origin",
      cache: "no-store",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    session.setReachable(true);
    return response;
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    session.setReachable(false);
    throw new ApiError(0, "unreachable", "the server cannot be reached; trying again");
  }
}

async function problem(response) {
  let error = null;
  try {
    error = (await response.json()).error;
  } catch {
    // A proxy or a crash answered, not the API: the status is all there is.
  }
  return new ApiError(
    response.status,
    error?.code ?? "internal",
    error?.message ?? `the server answered with status ${response.status}`,
    error?.field ?? null,
  );
}

async function call(method, path, options = {}) {
  const response = await send(method, path, options);
  if (!response.ok) {
    const failure = await problem(response);
    // A wrong password while signing in is 401 too, but ends no session.
    if (response.status === 401 && !(method === "POST" && path === "/session")) {
      session.end();
    }
    if (failure.code === "csrf") {
      // Signed in anew in another tab: this tab still held the token of the session before.
      session.begin(await call("GET", "/session"));
    }
    throw failure;
  }
  return response.status === 204 ? null : response.json();
}

const part = encodeURIComponent;
const get = (path, query, signal) => call("GET", path, { query, signal });
const post = (path, body) => call("POST", path, { body });
const put = (path, body) => call("PUT", path, { body });
const remove = (path) => call("DELETE", path);

/** Every call that the console makes, named after the operation in the API description. */
export const api = {
  createSession: (name, password) => post("/session", { name, password }),
  readSession: () => get("/session"),
  deleteSession: () => remove("/session"),
  changePassword: (body) => put("/session/password", body),
  readHealth: () => get("/health"),
  readOverview: (signal) => get("/overview", null, signal),

  listAlerts: (query, signal) => get("/alerts", query, signal),
  readAlert: (id, signal) => get(`/alerts/${part(id)}`, null, signal),
  startAlert: (id) => post(`/alerts/${part(id)}/start`),
  resolveAlert: (id, body) => post(`/alerts/${part(id)}/resolve`, body),
  allowAlert: (id, body) => post(`/alerts/${part(id)}/allow`, body),
  denyAlert: (id, body) => post(`/alerts/${part(id)}/deny`, body),

  listHosts: (query, signal) => get("/hosts", query, signal),
  readHost: (id, signal) => get(`/hosts/${part(id)}`, null, signal),
  listExecutions: (id, query, signal) => get(`/hosts/${part(id)}/executions`, query, signal),
  listCodeLoads: (id, query, signal) => get(`/hosts/${part(id)}/loads`, query, signal),
  listActions: (id, query, signal) => get(`/hosts/${part(id)}/actions`, query, signal),
  readCoverage: (id, query, signal) => get(`/hosts/${part(id)}/coverage`, query, signal),
  banHost: (id, reason) => post(`/hosts/${part(id)}/ban`, { reason }),
  readCode: (sha256, signal) => get(`/code/${part(sha256)}`, null, signal),

  listGroups: (signal) => get("/groups", {}, signal),
  createGroup: (body) => post("/groups", body),
  readGroup: (group, signal) => get(`/groups/${part(group)}`, null, signal),
  setGroupMode: (group, body) => put(`/groups/${part(group)}/mode`, body),
  readBaseline: (group, query, signal) => get(`/groups/${part(group)}/baseline`, query, signal),
  freezeBaseline: (group, reason) => post(`/groups/${part(group)}/baseline/freeze`, { reason }),
  listRules: (query, signal) => get("/rules", query, signal),
  createRule: (body) => post("/rules", body),
  deleteRule: (id) => remove(`/rules/${part(id)}`),

  listJoinTokens: (query, signal) => get("/join-tokens", query, signal),
  createJoinToken: (body) => post("/join-tokens", body),
  revokeJoinToken: (id) => remove(`/join-tokens/${part(id)}`),
  listOperators: (signal) => get("/operators", null, signal),
  createOperator: (body) => post("/operators", body),
  updateOperator: (name, body) => put(`/operators/${part(name)}`, body),
  listApiTokens: (signal) => get("/api-tokens", null, signal),
  createApiToken: (body) => post("/api-tokens", body),
  revokeApiToken: (id) => remove(`/api-tokens/${part(id)}`),
  listAudit: (query, signal) => get("/audit", query, signal),
  verifyAudit: () => get("/audit/verification"),
};
