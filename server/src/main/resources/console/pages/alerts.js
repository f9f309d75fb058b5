import { html, nothing } from "lit";
import { api } from "../api.js";
import { alertTable } from "../components/alert-table.js";
import { choice } from "../components/fields.js";
import { searchField } from "../components/search-field.js";
import { Cursors, pager } from "../components/pager.js";
import { Page } from "../components/page.js";
import { hashLink } from "../components/copy.js";
import { connection } from "../components/status.js";
import { replaceQuery } from "../router.js";

const LIMIT = 50;

// The first is what stands in the address as nothing: what is open is what a person comes for.
const STATUSES = [
  ["", "Open", "new,in_progress"],
  ["new", "New", "new"],
  ["in_progress", "In progress", "in_progress"],
  ["resolved", "Resolved", "resolved"],
  ["suppressed", "Suppressed", "suppressed"],
  ["all", "All", ""],
];
const SEVERITY_CHOICES = [
  ["", "Any"],
  ["critical", "Critical"],
  ["high", "High and above"],
  ["medium", "Medium and above"],
  ["low", "Low and above"],
  ["informational", "Informational and above"],
];

/** All alerts, newest activity first. The first page follows what happens; later pages stand still. */
class AlertsPage extends Page {
  static properties = { groups: { state: true }, hasNews: { state: true } };

  #cursors = new Cursors();
  #onState = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    this.live.addEventListener("state", this.#onState);
    // Only the choices of a filter: without them the page still works.
    api.listGroups().then((groups) => (this.groups = groups.items.map((group) => group.name)), () => {});
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.live.removeEventListener("state", this.#onState);
  }

  heading() {
    return "Alerts";
  }

  routeChanged() {
    this.#cursors = new Cursors();
    this.hasNews = false;
  }

  isAffectedBy(kind) {
    if (kind === "alert" && !this.#cursors.isFirst) {
      this.hasNews = true;
      return false;
    }
    return kind === "alert";
  }

  fetchData(signal) {
    const { status = "", ...query } = this.route.query;
    const chosen = STATUSES.find(([code]) => code === status) ?? STATUSES[0];
    return api.listAlerts({ ...query, status: chosen[2], limit: LIMIT, after: this.#cursors.current }, signal);
  }

  actions() {
    return connection(this.live.state);
  }

  view(data) {
    return html`
      ${this.#filters()}
      ${this.hasNews
        ? html`<p class="callout"><span>There is new activity.</span><button type="button" class="small" @click=${this.#toNewest}>Show the newest</button></p>`
        : nothing}
      <section class="panel flush" aria-label="List of alerts">
        ${data.items.length > 0 ? alertTable(data.items) : this.#empty()}
      </section>
      ${pager(this.#cursors, data.next, () => this.reload())}
    `;
  }

  #filters() {
    const { status = "", severity = "", group = "", q = "", sha256, host_id } = this.route.query;
    const change = (name, value) => replaceQuery(this.route, { ...this.route.query, [name]: value });
    const names = [...new Set([...(this.groups ?? []), ...(group ? [group] : [])])];
    return html`<form class="filters" role="search" aria-label="Filter alerts" @submit=${(event) => event.preventDefault()}>
      ${searchField("Search", "Name, path or hash", q, (value) => change("q", value))}
      ${choice("Status", "status", status, STATUSES, change)}
      ${choice("Severity", "severity", severity, SEVERITY_CHOICES, change)}
      ${choice("Group", "group", group, [["", "Any"], ...names.map((name) => [name, name])], change)}
      ${sha256 ? this.#fixed("Code", hashLink(sha256), () => change("sha256", null)) : nothing}
      ${host_id ? this.#fixed("Host", html`<code>${host_id.slice(0, 8)}</code>`, () => change("host_id", null)) : nothing}
      ${Object.keys(this.route.query).length > 0
        ? html`<button type="button" class="link" @click=${() => replaceQuery(this.route, {})}>Clear</button>`
        : nothing}
    </form>`;
  }

  #fixed(name, value, onRemove) {
    return html`<span class="filter fixed"><span>${name}</span>${value}<button type="button" class="link" @click=${onRemove}>remove</button></span>`;
  }

  #empty() {
    return Object.keys(this.route.query).length > 0
      ? html`<p class="empty">No alert matches these filters.</p>`
      : html`<p class="empty">No open alerts.</p>`;
  }

  #toNewest() {
    this.routeChanged();
    this.reload();
  }
}
customElements.define("exo-alerts", AlertsPage);
