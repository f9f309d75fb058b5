import { html, nothing } from "lit";
import { count, sentenceWords, words } from "../format.js";
import { state } from "./marks.js";
import { exactly, when } from "./time.js";
import { untrusted } from "./untrusted.js";

const LEVELS = {
  full: "Every execution is seen, with the exact bytes that ran.",
  reduced: "Every execution is seen, but short-lived ones may lack a hash.",
  minimal: "Processes are polled: short-lived ones are missed.",
  none: "Nothing is seen.",
};

/** What the sensors of a host can see, and what they cannot. */
export function coveragePanel(coverage) {
  if (!coverage) {
    return html`<section class="panel" aria-labelledby="coverage"><h2 id="coverage">Coverage</h2><p class="absent">The agent has not reported it yet.</p></section>`;
  }
  return html`<section class="panel" aria-labelledby="coverage">
    <h2 id="coverage">Coverage ${state(coverage.level)} <span class="hint">since ${when(coverage.since)}</span></h2>
    <p>${LEVELS[coverage.level] ?? nothing}</p>
    <table class="inner stack">
      <caption class="sr-only">Sensors</caption>
      <thead><tr><th scope="col">Sensor</th><th scope="col">State</th><th scope="col" class="number">Events</th><th scope="col" class="number">Lost</th></tr></thead>
      <tbody>${coverage.sensors.map((sensor) => html`<tr>
        <td class="lead">${words(sensor.sensor)}${sensor.detail ? html`<span class="below hint">${untrusted(sensor.detail, 160)}</span>` : nothing}</td>
        <td data-label="State">${state(sensor.state)}</td>
        <td class="number" data-label="Events">${count(sensor.events)}</td>
        <td class="number" data-label="Lost">${sensor.losses ? html`<b class="warn-text">${count(sensor.losses)}</b>` : "0"}</td>
      </tr>`)}</tbody>
    </table>
    <h3>Blind spots</h3>
    ${coverage.blind_spots.length > 0
      ? html`<ul class="bullets">${coverage.blind_spots.map((spot) => html`<li>${untrusted(spot)}</li>`)}</ul>`
      : html`<p class="absent">None are known.</p>`}
  </section>`;
}

/** Events known to be missing, with when and why. */
export function lossPanel(losses) {
  return html`<section class="panel" aria-labelledby="losses">
    <h2 id="losses">Losses</h2>
    ${losses.length === 0
      ? html`<p class="absent">No event of this host is known to be lost.</p>`
      : html`<table class="inner stack">
          <caption class="sr-only">Losses</caption>
          <thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Cause</th><th scope="col">Sensor</th><th scope="col" class="number">Events</th></tr></thead>
          <tbody>${losses.map((loss) => html`<tr>
            <td class="lead">${exactly(loss.from)}</td>
            <td data-label="To">${exactly(loss.to)}</td>
            <td data-label="Cause">${sentenceWords(loss.cause)}</td>
            <td data-label="Sensor">${loss.sensor ? words(loss.sensor) : html`<span class="absent">–</span>`}</td>
            <td class="number" data-label="Events">${loss.count === null || loss.count === undefined ? html`<span class="absent">unknown</span>` : count(loss.count)}</td>
          </tr>`)}</tbody>
        </table>`}
  </section>`;
}
