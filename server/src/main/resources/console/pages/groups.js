import { html, nothing } from "lit";
import { api } from "../api.js";
import { modeCell } from "../components/mode.js";
import { Cursors, pager } from "../components/pager.js";
import { Page } from "../components/page.js";
import { newRule } from "../components/new-rule.js";
import { ruleTable } from "../components/rules.js";
import { when } from "../components/time.js";
import { count } from "../format.js";
import { href } from "../router.js";
import { session } from "../session.js";

const LIMIT = 50;

/** Host groups with their modes, and every rule. */
class GroupsPage extends Page {
  static tickMillis = 1_000;

  #cursors = new Cursors();

  heading() {
    return "Groups and rules";
  }

  async fetchData(signal) {
    const [groups, rules] = await Promise.all([
      api.listGroups(signal),
      api.listRules({ limit: LIMIT, after: this.#cursors.current }, signal),
    ]);
    return { groups: groups.items, rules };
  }

  actions() {
    return this.data && session.may("administrator")
      ? html`<div class="actions">
          <button type="button" ?disabled=${this.data.groups.length === 0} @click=${() => this.ask(newRule(this.data.groups, this.#done))}>Add a rule…</button>
          <button type="button" class="primary" @click=${() => this.ask(this.#create())}>Create a group…</button>
        </div>`
      : nothing;
  }

  view({ groups, rules }) {
    return html`
      <section class="panel flush" aria-labelledby="groups">
        <header class="panel-head"><h2 id="groups">Host groups</h2></header>
        ${groups.length > 0 ? this.#table(groups) : html`<p class="empty">No host groups yet. Hosts join a group; it has one baseline and one set of rules.</p>`}
      </section>
      <section class="panel flush" aria-labelledby="rules">
        <header class="panel-head"><h2 id="rules">Rules</h2></header>
        ${rules.items.length > 0
          ? ruleTable(rules.items, { withGroup: true, ask: (question) => this.ask(question), done: this.#done })
          : html`<p class="empty">No rules. What a group may run is its baseline.</p>`}
      </section>
      ${pager(this.#cursors, rules.next, () => this.reload())}
    `;
  }

  #table(groups) {
    return html`<table class="stack">
      <caption class="sr-only">Host groups</caption>
      <thead><tr>
        <th scope="col">Group</th><th scope="col">Mode</th><th scope="col">Baseline</th>
        <th scope="col" class="number">Hosts</th><th scope="col" class="number">Rules</th><th scope="col" class="number">Policy</th><th scope="col" class="time">Created</th>
      </tr></thead>
      <tbody>${groups.map((group) => html`<tr>
        <td class="lead"><a class="row-link" href=${href("groups", group.name)}>${group.name}</a></td>
        <td data-label="Mode">${modeCell(group)}</td>
        <td data-label="Baseline">${group.frozen_at ? html`frozen ${when(group.frozen_at)}` : "being learned"}</td>
        <td class="number" data-label="Hosts">${count(group.host_count)}</td>
        <td class="number" data-label="Rules">${count(group.rule_count)}</td>
        <td class="number" data-label="Policy">${count(group.policy_version)}</td>
        <td class="time" data-label="Created">${when(group.created_at)}</td>
      </tr>`)}</tbody>
    </table>`;
  }

  #done = (message) => {
    this.notify(message);
    return this.reload();
  };

  #create() {
    return {
      heading: "Create a host group",
      submit: "Create",
      body: html`
        <label class="field"><span>Name</span><input name="name" required maxlength="64" pattern="[a-z0-9][a-z0-9\\-]{0,63}" placeholder="web" spellcheck="false" autocomplete="off" aria-describedby="name-hint"><span id="name-hint" class="hint">Lower-case letters, digits and hyphens.</span></label>
        <label class="field"><span>Learn for</span><input name="learn_for" pattern="[0-9]+(s|m|h|d)" placeholder="7d" spellcheck="false" autocomplete="off" aria-describedby="learn-hint"><span id="learn-hint" class="hint">Such as 12h or 7d; then the baseline freezes by itself. Empty: until somebody freezes it.</span></label>`,
      action: async ({ name, learn_for: learnFor }) => {
        await api.createGroup({ name, mode: "learn", learn_for: learnFor || null });
        await this.#done(`Group ${name} is created and learns`);
      },
    };
  }
}
customElements.define("exo-groups", GroupsPage);
