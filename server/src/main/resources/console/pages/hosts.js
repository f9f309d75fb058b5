import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { api } from "../api.js";
import { choice } from "../components/fields.js";
import { state } from "../components/marks.js";
import { Cursors, pager } from "../components/pager.js";
import { Page } from "../components/page.js";
import { searchField } from "../components/search-field.js";
import { when } from "../components/time.js";
import { untrustedShort } from "../components/untrusted.js";
import { count } from "../format.js";
import { href, replaceQuery } from "../router.js";

const LIMIT = 50;
const STATES = [["", "Any"], ["connected", "Connected"], ["silent", "Silent"], ["banned", "Banned"]];

/** Every host that ever enrolled. */
class HostsPage extends Page {
  static properties = { groups: { state: true } };

  #cursors = new Cursors();

  connectedCallback() {
    super.connectedCallback();
    api.listGroups().then((groups) => (this.groups = groups.items.map((group) => group.name)), () => {});
  }

  heading() {
    return "Hosts";
  }

  routeChanged() {
    this.#cursors = new Cursors();
  }

  isAffectedBy(kind) {
    return kind === "host" || kind === "alert";
  }

  fetchData(signal) {
    return api.listHosts({ ...this.route.query, limit: LIMIT, after: this.#cursors.current }, signal);
  }

  view(data) {
    const { q = "", state: chosen = "", group = "" } = this.route.query;
    const change = (name, value) => replaceQuery(this.route, { ...this.route.query, [name]: value });
    const names = [...new Set([...(this.groups ?? []), ...(group ? [group] : [])])];
    return html`
      <form class="filters" role="search" aria-label="Filter hosts" @submit=${(event) => event.preventDefault()}>
        ${searchField("Search", "Name of the host", q, (value) => change("q", value))}
        ${choice("State", "state", chosen, STATES, change)}
        ${choice("Group", "group", group, [["", "Any"], ...names.map((name) => [name, name])], change)}
        ${Object.keys(this.route.query).length > 0
          ? html`<button type="button" class="link" @click=${() => replaceQuery(this.route, {})}>Clear</button>`
          : nothing}
      </form>
      <section class="panel flush" aria-label="List of hosts">
        ${data.items.length > 0 ? this.#table(data.items) : this.#empty()}
      </section>
      ${pager(this.#cursors, data.next, () => this.reload(), ["Previous", "Next"])}
    `;
  }

  #table(hosts) {
    return html`<table class="stack hosts">
      <caption class="sr-only">Hosts</caption>
      <thead><tr>
        <th scope="col">Host</th><th scope="col">State</th><th scope="col">Coverage</th><th scope="col">Group</th>
        <th scope="col">Agent</th><th scope="col" class="number">Open alerts</th><th scope="col" class="time">Last seen</th>
      </tr></thead>
      <tbody>${repeat(hosts, (host) => host.id, (host) => this.#row(host))}</tbody>
    </table>`;
  }

  #row(host) {
    return html`<tr class=${host.state === "banned" ? "settled" : ""}>
      <td class="lead">
        <a class="row-link" href=${href("hosts", host.id)}>${untrustedShort(host.hostname, 64)}</a>
        <span class="below hint">${untrustedShort([host.os, host.kernel_version].filter(Boolean).join(" · "), 80)}</span>
      </td>
      <td data-label="State">${state(host.state)}</td>
      <td data-label="Coverage">${state(host.level)}</td>
      <td data-label="Group">${host.group}</td>
      <td data-label="Agent">${untrustedShort(host.agent_version ?? "–", 24)}</td>
      <td class="number" data-label="Open alerts">${host.open_alerts ? html`<b>${count(host.open_alerts)}</b>` : html`<span class="absent">0</span>`}</td>
      <td class="time" data-label="Last seen">${when(host.last_seen_at)}</td>
    </tr>`;
  }

  #empty() {
    return Object.keys(this.route.query).length > 0
      ? html`<p class="empty">No host matches these filters.</p>`
      : html`<p class="empty">No hosts yet. An administrator creates a join token; an agent enrolls with it.</p>`;
  }
}
customElements.define("exo-hosts", HostsPage);
