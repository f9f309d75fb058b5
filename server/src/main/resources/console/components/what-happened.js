import { html, nothing } from "lit";
import { count, plural } from "../format.js";
import { href } from "../router.js";
import { newestFirst } from "./evidence.js";
import { when } from "./time.js";
import { untrustedShort } from "./untrusted.js";

const KINDS = {
  "denied-code": "code that a rule denies",
  "memfd-execution": "code that exists in memory only",
  "deleted-file-execution": "code whose file was already deleted",
  "unknown-code": "code that nothing vouches for",
};

/** The alert in one sentence, for somebody who was just woken up. */
export function whatHappened({ alert, evidence }) {
  const newest = newestFirst(evidence).find((item) => item.execution);
  return newest ? execution(alert, newest) : other(alert, evidence);
}

function execution(alert, { execution: run, host_id: hostId, hostname }) {
  const kind = Object.keys(KINDS).find((name) => alert.detections.includes(name));
  const parent = run.ancestry?.[0]?.executable;
  return html`<b>${untrustedShort(run.user, 40)}</b> executed ${KINDS[kind] ?? "code"},
    <code>${untrustedShort(run.executable ?? "without a path", 90)}</code>${parent ? html`, started by <code>${untrustedShort(parent, 60)}</code>` : nothing},
    on <a href=${href("hosts", hostId)}>${untrustedShort(hostname, 48)}</a>${others(alert)}: ${times(alert)}.`;
}

function others(alert) {
  const more = alert.host_count - 1;
  return more > 0 ? html` and ${plural(more, "other host")}` : nothing;
}

function times(alert) {
  return alert.occurrences === 1
    ? html`once, ${when(alert.last_at)}`
    : html`${count(alert.occurrences)} times, first ${when(alert.first_at)}, last ${when(alert.last_at)}`;
}

function other(alert, evidence) {
  const summary = newestFirst(evidence)[0]?.summary ?? alert.title;
  return html`${untrustedShort(summary.charAt(0).toUpperCase() + summary.slice(1), 240)}${others(alert)} (${times(alert)}).`;
}
