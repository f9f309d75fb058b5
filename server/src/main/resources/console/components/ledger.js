import { html, nothing, svg } from "lit";
import { span, utc, words } from "../format.js";
import { href } from "../router.js";
import { lossWords, sumWords } from "./coverage-text.js";
import { state } from "./marks.js";
import { exactly } from "./time.js";
import { untrustedShort } from "./untrusted.js";

const RANGES = [[1, "24 h"], [7, "7 days"], [30, "30 days"]];
const BAR = 36;
// The worse the level, the lower the bar: color is never the only difference.
const HEIGHTS = { full: 36, reduced: 24, minimal: 13, none: 4, unknown: 36 };
const ROOM_FOR_WORD = 9;
const ACCOUNTS = {
  agent_down: "agent not running",
  not_heard: "not heard, not accounted for yet",
  not_reported: "nobody accounts for it",
};

/** What the sensors of a host could see when: a picture, and the same as a table. */
export function ledgerPanel(ledger, route, days) {
  const { from, to } = ledger.sum;
  const place = placing(Date.parse(from), Date.parse(to));
  const newest = ledger.items.length;
  return html`<section class="panel" aria-labelledby="ledger">
    <div class="ledger-head">
      <h2 id="ledger">Coverage ledger</h2>
      <nav class="tabs small" aria-label="Time shown">
        ${RANGES.map(([range, text]) => html`<a href=${href("hosts", route.id, { ...route.query, days: range })} aria-current=${range === days ? "true" : nothing}>${text}</a>`)}
      </nav>
    </div>
    <p>${sumWords(ledger.sum)}</p>
    <svg class="ledger" width="100%" height="76" role="img" aria-label=${`Coverage from ${utc(from)} to ${utc(to)}: ${sumWords(ledger.sum)}. The table below says the same.`}>
      ${ledger.items.map((period) => segment(period, place))}
      ${ledger.connectivity.map((change, index, all) => connection(change, all[index + 1], place))}
    </svg>
    <p class="ledger-scale"><span>${exactly(from)}</span><span>${exactly(to)}</span></p>
    <p class="hint">Bars: what was seen, whether or not the server heard of it then; the higher, the more. <b>▼</b> losses. Thin line: the server heard the agent.</p>
    <details ?open=${newest <= 5}>
      <summary>As a table</summary>
      ${table(ledger.items)}
      ${ledger.next ? html`<p class="hint">Older periods exist; exonctl host coverage lists all.</p>` : nothing}
    </details>
  </section>`;
}

/** From two times to percent of the width. */
function placing(from, to) {
  const length = Math.max(1, to - from);
  const percent = (time) => (100 * (Math.min(Math.max(Date.parse(time), from), to) - from)) / length;
  return (start, end) => ({ x: percent(start), width: end ? percent(end) - percent(start) : 100 - percent(start) });
}

function segment(period, place) {
  const { x, width } = place(period.from, period.to);
  const level = period.level ?? "unknown";
  const height = HEIGHTS[level];
  const middle = `${x + width / 2}%`;
  return svg`<g class="level ${level}">
    <title>${level} from ${utc(period.from)} to ${utc(period.to)}; ${lossWords(period.losses)}</title>
    <rect x="${x}%" y=${12 + BAR - height} width="${width}%" height=${height}></rect>
    ${period.losses.length > 0 ? svg`<text class="loss" x=${middle} y="10">▼</text>` : nothing}
    ${width > ROOM_FOR_WORD ? svg`<text class="word" x=${middle} y="64">${level}</text>` : nothing}
  </g>`;
}

function connection(change, next, place) {
  const { x, width } = place(change.since, next?.since);
  return svg`<rect class="heard ${change.state}" x="${x}%" y="70" width="${width}%" height="4"><title>${change.state} since ${utc(change.since)}</title></rect>`;
}

function table(periods) {
  return html`<table class="inner stack">
    <caption class="sr-only">Coverage by period, newest first</caption>
    <thead><tr><th scope="col">From</th><th scope="col">For</th><th scope="col">Level</th><th scope="col">Lost</th><th scope="col">Could not see</th></tr></thead>
    <tbody>${periods.map((period) => html`<tr>
      <td class="lead">${exactly(period.from)}</td>
      <td data-label="For" class="nowrap">${span(Date.parse(period.to) - Date.parse(period.from))}</td>
      <td data-label="Level">${period.level ? state(period.level) : html`<span class="state warn">Unknown</span>`}${period.account === "stated" ? nothing : html`<span class="below hint">${ACCOUNTS[period.account] ?? words(period.account)}</span>`}</td>
      <td data-label="Lost" class="prose">${period.losses.length > 0 ? html`<span class="warn-text">${lossWords(period.losses)}</span>` : "nothing"}</td>
      <td data-label="Could not see" class="prose">${period.blind_spots.length > 0 ? html`<ul class="lines">${period.blind_spots.map((spot) => html`<li>${untrustedShort(spot, 120)}</li>`)}</ul>` : html`<span class="absent">nothing known</span>`}</td>
    </tr>`)}</tbody>
  </table>`;
}
