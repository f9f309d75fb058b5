import { html, nothing } from "lit";
import { api } from "../api.js";
import { hashLink } from "../components/copy.js";
import { freeze, modeChange } from "../components/group-actions.js";
import { state } from "../components/marks.js";
import { Cursors, pager } from "../components/pager.js";
import { Page } from "../components/page.js";
import { newRule } from "../components/new-rule.js";
import { ruleTable } from "../components/rules.js";
import { exactly, when } from "../components/time.js";
import { untrustedShort } from "../components/untrusted.js";
import { count, countdown, plural } from "../format.js";
import { href } from "../router.js";
import { session } from "../session.js";

const LIMIT = 25;
const MAX_RULES = 500;

/** One host group: its mode, how far its baseline is, and its rules. */
class GroupPage extends Page {
  static tickMillis = 1_000;

  #cursors = new Cursors();

  heading() {
    return `Group ${this.route.id}`;
  }

  routeChanged() {
    this.#cursors = new Cursors();
  }

  async fetchData(signal) {
    const [group, baseline, rules] = await Promise.all([
      api.readGroup(this.route.id, signal),
      api.readBaseline(this.route.id, { limit: LIMIT, after: this.#cursors.current }, signal),
      api.listRules({ group: this.route.id, limit: MAX_RULES }, signal),
    ]);
    return { group, baseline, rules: rules.items };
  }

  above() {
    return html`<p class="crumbs"><a href="#/groups">Groups and rules</a><span aria-hidden="true">/</span>${this.data ? state(this.data.group.mode) : nothing}</p>`;
  }

  below() {
    const group = this.data?.group;
    return group
      ? html`<p class="lede"><a href=${href("hosts", null, { group: group.name })}>${plural(group.host_count, "host")}</a> ·
          <a href=${href("alerts", null, { group: group.name })}>alerts</a> · policy version ${count(group.policy_version)}</p>`
      : nothing;
  }

  actions() {
    if (!this.data || !session.may("administrator")) {
      return nothing;
    }
    const { group, baseline } = this.data;
    return html`<div class="actions">
      <button type="button" @click=${() => this.ask(newRule([group], this.#done))}>Add a rule…</button>
      <button type="button" @click=${() => this.ask(modeChange(group, this.#done))}>Change the mode…</button>
      ${group.mode === "learn" ? html`<button type="button" class="primary" @click=${() => this.ask(freeze(group, baseline, this.#done))}>Freeze the baseline…</button>` : nothing}
    </div>`;
  }

  view({ group, baseline, rules }) {
    return html`
      ${this.#progress(baseline)}
      <section class="panel flush" aria-labelledby="rules">
        <header class="panel-head"><h2 id="rules">Rules</h2></header>
        ${rules.length > 0
          ? ruleTable(rules, { withGroup: false, ask: (question) => this.ask(question), done: this.#done })
          : html`<p class="empty">No rules. What ${group.name} may run is its baseline.</p>`}
      </section>
      <section class="panel flush" aria-labelledby="learned">
        <header class="panel-head"><h2 id="learned">${group.mode === "learn" ? "Newest in the baseline" : "Baseline"}</h2></header>
        ${baseline.items.length > 0 ? this.#entries(baseline.items) : html`<p class="empty">Nothing was learned yet.</p>`}
      </section>
      ${pager(this.#cursors, baseline.next, () => this.reload())}
    `;
  }

  #progress(baseline) {
    return html`<section class="panel" aria-labelledby="progress">
      <h2 id="progress">${baseline.mode === "learn" ? "Learning" : "Monitoring"}</h2>
      <p>${this.#stage(baseline)}</p>
      <dl class="figures">
        <div><dt>Code objects</dt><dd>${count(baseline.code_objects)}</dd></div>
        <div><dt>Packages</dt><dd>${count(baseline.packages)}</dd></div>
        <div><dt>New in the last hour</dt><dd class=${baseline.mode === "learn" && baseline.new_last_hour > 0 ? "warn-text" : ""}>${count(baseline.new_last_hour)}</dd></div>
      </dl>
    </section>`;
  }

  #stage(baseline) {
    if (baseline.mode !== "learn") {
      return html`Code outside of this baseline and these rules raises an alert.${baseline.frozen_at ? html` Frozen ${exactly(baseline.frozen_at)}.` : nothing}`;
    }
    const settled = baseline.new_last_hour === 0
      ? "Nothing new ran in the last hour: the baseline has settled."
      : `${plural(baseline.new_last_hour, "code object")} ran for the first time in the last hour: the baseline has not settled yet.`;
    const left = baseline.learn_until ? Date.parse(baseline.learn_until) - Date.now() : null;
    const end = left === null
      ? "It learns until it is frozen."
      : left > 0 ? html`It freezes by itself in <b>${countdown(left)}</b>.` : "It is freezing now.";
    return html`What these hosts run is recorded and raises no alert. ${end} ${settled}`;
  }

  #entries(items) {
    return html`<table class="stack">
      <caption class="sr-only">Code objects of the baseline</caption>
      <thead><tr><th scope="col">Executable</th><th scope="col">Code</th><th scope="col" class="number">Hosts</th><th scope="col" class="time">First seen</th></tr></thead>
      <tbody>${items.map((item) => html`<tr>
        <td class="lead"><code>${item.executable ? untrustedShort(item.executable, 100) : html`<span class="absent">not known</span>`}</code></td>
        <td data-label="Code">${hashLink(item.sha256)}</td>
        <td class="number" data-label="Hosts">${count(item.hosts)}</td>
        <td class="time" data-label="First seen">${when(item.first_seen)}</td>
      </tr>`)}</tbody>
    </table>`;
  }

  #done = (message) => {
    this.notify(message);
    return this.reload();
  };
}
customElements.define("exo-group", GroupPage);
