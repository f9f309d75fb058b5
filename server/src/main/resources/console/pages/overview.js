import { html, nothing } from "lit";
import { api } from "../api.js";
import { alertTable } from "../components/alert-table.js";
import { fleetSentence } from "../components/coverage-text.js";
import { note } from "../components/failure.js";
import { severityShape, SEVERITIES } from "../components/marks.js";
import { modeCell } from "../components/mode.js";
import { Page } from "../components/page.js";
import { count, sentenceWords } from "../format.js";
import { href } from "../router.js";
import { session } from "../session.js";
import "../components/chart.js";

const NEWEST = 8;
const OPEN = "new,in_progress";

/** What needs attention, and whether what we see can be relied on. */
class OverviewPage extends Page {
  static tickMillis = 1_000;

  heading() {
    return "Overview";
  }

  isAffectedBy() {
    return true;
  }

  async fetchData(signal) {
    const [overview, newest] = await Promise.all([
      api.readOverview(signal),
      api.listAlerts({ status: OPEN, limit: NEWEST }, signal),
    ]);
    const hours = (field) => overview.hours.map((hour) => ({ at: hour.at, value: hour[field] }));
    // Made once here: a chart draws anew whenever it gets another array.
    return { overview, newest: newest.items, alerts: hours("alerts"), executions: hours("executions") };
  }

  view({ overview, newest, alerts, executions }) {
    return html`
      ${overview.groups.length === 0 ? this.#beginning() : nothing}
      <div class="tiles">${this.#alertTile(overview.alerts)} ${this.#hostTile(overview)} ${this.#dayTile(overview)}</div>
      <div class="columns even">
        <exo-hour-chart .heading=${"Executions by hour"} .unit=${"execution"} .tone=${"--chart-executions"} .points=${executions}></exo-hour-chart>
        <exo-hour-chart .heading=${"Alerts by hour"} .unit=${"alert"} .tone=${"--chart-alerts"} .points=${alerts}></exo-hour-chart>
      </div>
      <div class="columns wide-left">
        <section class="panel flush" aria-labelledby="newest">
          <header class="panel-head"><h2 id="newest">Newest open alerts</h2><a href="#/alerts">All alerts</a></header>
          ${newest.length > 0
            ? alertTable(newest, { isBrief: true, caption: "Newest open alerts" })
            : html`<p class="empty">No open alerts: ${fleetSentence(overview)}</p>`}
        </section>
        <section class="panel flush" aria-labelledby="groups">
          <header class="panel-head"><h2 id="groups">Host groups</h2><a href="#/groups">All groups</a></header>
          ${overview.groups.length > 0 ? this.#groups(overview.groups) : html`<p class="empty">No host groups yet.</p>`}
        </section>
      </div>
    `;
  }

  /** Nothing can report yet: what to do, in order. */
  #beginning() {
    return note(session.may("administrator")
      ? html`<b>Nothing reports yet.</b> <a href="#/groups">Create a host group</a>, then <a href="#/administration">a join token</a> for it, and enroll an agent with the token.`
      : html`<b>Nothing reports yet.</b> An administrator creates a host group and a join token; agents enroll with it.`);
  }

  #alertTile(alerts) {
    const total = SEVERITIES.reduce((sum, level) => sum + (alerts[level] ?? 0), 0);
    return html`<section class="panel tile" aria-labelledby="tile-alerts">
      <h2 id="tile-alerts">Open alerts</h2>
      <a class="figure" href="#/alerts">${count(total)}</a>
      <ul class="counts">
        ${SEVERITIES.map((level) => html`<li class=${alerts[level] ? "" : "zero"}>
          <a href=${href("alerts", null, { severity: level })}>${severityShape(level)}<b>${count(alerts[level] ?? 0)}</b> ${sentenceWords(level)}</a>
        </li>`)}
      </ul>
    </section>`;
  }

  #hostTile({ hosts, coverage }) {
    const line = (code, value, tone) => html`<li class=${value ? "" : "zero"}>
      <a href=${href("hosts", null, { state: code })}><span class="state ${tone}"><b>${count(value)}</b> ${code}</span></a>
    </li>`;
    return html`<section class="panel tile" aria-labelledby="tile-hosts">
      <h2 id="tile-hosts">Hosts</h2>
      <a class="figure" href="#/hosts">${count(hosts.connected + hosts.silent)}</a>
      <ul class="counts">
        ${line("connected", hosts.connected, "good")} ${line("silent", hosts.silent, "warn")} ${line("banned", hosts.banned, "bad")}
      </ul>
      ${this.#coverageNote(hosts, coverage)}
    </section>`;
  }

  #coverageNote(hosts, coverage) {
    if (hosts.connected === 0) {
      return html`<p class="tile-note">No host is connected: nothing is seen</p>`;
    }
    const now = hosts.reduced_coverage
      ? html`<p class="tile-note warn">${count(hosts.reduced_coverage)} connected with reduced coverage</p>`
      : html`<p class="tile-note">Full coverage on every connected host</p>`;
    return html`${now}
      <p class="tile-note">${count(coverage.whole_hosts)} of ${count(coverage.hosts)} fully covered in the last 24 h${coverage.lossy_hosts ? html`, ${count(coverage.lossy_hosts)} with losses` : nothing}</p>`;
  }

  #dayTile(overview) {
    return html`<section class="panel tile" aria-labelledby="tile-day">
      <h2 id="tile-day">Last 24 hours</h2>
      <span class="figure">${count(overview.executions_24h)}<small> executions</small></span>
      <ul class="counts plain"><li><b>${count(overview.code_objects)}</b> code objects known</li></ul>
      ${overview.losses_24h
        ? html`<p class="tile-note warn">${count(overview.losses_24h)} events known to be lost</p>`
        : html`<p class="tile-note">No event is known to be lost</p>`}
    </section>`;
  }

  #groups(groups) {
    return html`<table class="stack">
      <caption class="sr-only">Host groups</caption>
      <thead><tr><th scope="col">Group</th><th scope="col">Mode</th><th scope="col" class="number">Hosts</th></tr></thead>
      <tbody>${groups.map((group) => html`<tr>
        <td class="lead"><a class="row-link" href=${href("groups", group.name)}>${group.name}</a></td>
        <td data-label="Mode">${modeCell(group)}</td>
        <td class="number" data-label="Hosts">${count(group.host_count)}</td>
      </tr>`)}</tbody>
    </table>`;
  }
}
customElements.define("exo-overview", OverviewPage);
