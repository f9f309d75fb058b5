import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { count, words } from "../format.js";
import { href } from "../router.js";
import { severity, state } from "./marks.js";
import { when } from "./time.js";
import { untrustedShort } from "./untrusted.js";

/** Alerts, one a row; the whole row leads to the alert. The brief form is for a narrow place. */
export function alertTable(alerts, { isBrief = false, caption = "Alerts" } = {}) {
  return html`<table class="stack alerts ${isBrief ? "brief" : ""}">
    <caption class="sr-only">${caption}</caption>
    <thead><tr>
      <th scope="col">Severity</th>
      <th scope="col">Alert</th>
      <th scope="col">Group</th>
      ${isBrief
        ? nothing
        : html`<th scope="col" class="number">Hosts</th><th scope="col" class="number">Occurrences</th><th scope="col">Status</th>`}
      <th scope="col" class="time">Last activity</th>
    </tr></thead>
    <tbody>${repeat(alerts, (alert) => alert.id, (alert) => row(alert, isBrief))}</tbody>
  </table>`;
}

function row(alert, isBrief) {
  return html`<tr class=${alert.status === "resolved" || alert.status === "suppressed" ? "settled" : ""}>
    <td class="severity-cell">${severity(alert.severity)}</td>
    <td class="lead">
      <a class="row-link" href=${href("alerts", alert.id)}>${untrustedShort(alert.title, isBrief ? 80 : 110)}</a>
      ${isBrief ? nothing : html`<span class="below hint">${alert.detections.map(words).join(" · ")}${alert.reopened ? html` · <b>reopened ${count(alert.reopened)} ×</b>` : nothing}</span>`}
    </td>
    <td data-label="Group">${alert.group}</td>
    ${isBrief
      ? nothing
      : html`<td class="number" data-label="Hosts">${count(alert.host_count)}</td>
          <td class="number" data-label="Occurrences">${count(alert.occurrences)}</td>
          <td data-label="Status">${state(alert.status)}${under(alert)}</td>`}
    <td class="time" data-label="Last activity">${when(alert.last_at)}</td>
  </tr>`;
}

function under(alert) {
  const text = alert.verdict ? words(alert.verdict) : alert.status === "in_progress" ? alert.assignee : null;
  return text ? html`<span class="below hint">${text}</span>` : nothing;
}
