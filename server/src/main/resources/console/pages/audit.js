import { html, nothing } from "lit";
import { api } from "../api.js";
import { failureBox, note } from "../components/failure.js";
import { tag } from "../components/marks.js";
import { Cursors, pager } from "../components/pager.js";
import { Page } from "../components/page.js";
import { searchField } from "../components/search-field.js";
import { exactly } from "../components/time.js";
import { untrusted, untrustedShort } from "../components/untrusted.js";
import { count, plural, shortHash } from "../format.js";
import { replaceQuery } from "../router.js";

const LIMIT = 50;

/** Who did what, in a chain of hashes that shows every change to it. */
class AuditPage extends Page {
  static properties = { verification: { state: true }, verificationFailure: { state: true }, isVerifying: { state: true } };

  #cursors = new Cursors();

  heading() {
    return "Audit log";
  }

  routeChanged() {
    this.#cursors = new Cursors();
  }

  fetchData(signal) {
    return api.listAudit({ ...this.route.query, limit: LIMIT, after: this.#cursors.current }, signal);
  }

  actions() {
    return html`<div class="actions"><button type="button" class="primary" ?disabled=${this.isVerifying} @click=${this.#verify}>${this.isVerifying ? "Verifying…" : "Verify the chain"}</button></div>`;
  }

  view(data) {
    const { actor = "", action = "" } = this.route.query;
    const change = (name, value) => replaceQuery(this.route, { ...this.route.query, [name]: value });
    return html`
      <div aria-live="polite">${this.#result()}</div>
      <form class="filters" role="search" aria-label="Filter the audit log" @submit=${(event) => event.preventDefault()}>
        ${searchField("Actor", "Name", actor, (value) => change("actor", value))}
        ${searchField("Action", "Such as alert.allow", action, (value) => change("action", value))}
        ${actor || action ? html`<button type="button" class="link" @click=${() => replaceQuery(this.route, {})}>Clear</button>` : nothing}
      </form>
      <section class="panel flush" aria-label="Entries">
        ${data.items.length > 0 ? this.#table(data.items) : html`<p class="empty">No entry matches.</p>`}
      </section>
      ${pager(this.#cursors, data.next, () => this.reload())}
    `;
  }

  #result() {
    if (this.verificationFailure) {
      return failureBox(this.verificationFailure);
    }
    if (!this.verification) {
      return nothing;
    }
    const { intact, entries, first_broken_sequence: broken } = this.verification;
    return intact
      ? note(html`<b>The chain is intact.</b> ${plural(entries, "entry", "entries")} recomputed.`, "good", "check")
      : note(html`<b>The chain is broken at entry ${count(broken)}.</b> From there on the log was changed outside of Exonward, or entries are missing.`, "bad", "warning");
  }

  #table(entries) {
    return html`<table class="stack audit">
      <caption class="sr-only">Audit log</caption>
      <thead><tr>
        <th scope="col">Entry</th><th scope="col">Time</th><th scope="col">Actor</th><th scope="col">Action</th><th scope="col">Detail</th>
      </tr></thead>
      <tbody>${entries.map((entry) => html`<tr>
        <td data-label="Entry">${count(entry.sequence)}<code class="below hint" title=${entry.hash}>${shortHash(entry.hash)}</code></td>
        <td data-label="Time">${exactly(entry.at)}</td>
        <td data-label="Actor">${untrustedShort(entry.actor, 40)} ${entry.actor_kind === "operator" ? nothing : tag(entry.actor_kind)}${entry.address ? html`<span class="below hint">${untrustedShort(entry.address, 48)}</span>` : nothing}</td>
        <td class="lead"><code>${untrustedShort(entry.action, 64)}</code><span class="below hint">${untrusted(entry.target, 64)}</span></td>
        <td data-label="Detail" class="prose">${this.#detail(entry.detail)}</td>
      </tr>`)}</tbody>
    </table>`;
  }

  #detail(detail) {
    return Object.entries(detail ?? {}).map(([name, value]) => html`<span class="pair"><span class="hint">${name}</span> ${untrusted(typeof value === "string" ? value : JSON.stringify(value), 120)}</span>`);
  }

  async #verify() {
    this.isVerifying = true;
    this.verification = null;
    this.verificationFailure = null;
    try {
      this.verification = await api.verifyAudit();
    } catch (failure) {
      this.verificationFailure = failure;
    } finally {
      this.isVerifying = false;
    }
  }
}
customElements.define("exo-audit", AuditPage);
