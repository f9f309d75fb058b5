import { html, nothing } from "lit";
import { api } from "../api.js";
import { joinTokenCreation, operatorChange, operatorCreation, tokenRevocation } from "../components/administration-actions.js";
import { tag } from "../components/marks.js";
import { Page } from "../components/page.js";
import { when } from "../components/time.js";
import { untrustedShort } from "../components/untrusted.js";
import { count, sentenceWords } from "../format.js";
import { session } from "../session.js";

/** Who may sign in, and what lets hosts join. */
class AdministrationPage extends Page {
  heading() {
    return "Administration";
  }

  async fetchData(signal) {
    const [tokens, operators, groups] = await Promise.all([
      api.listJoinTokens({ limit: 100 }, signal),
      api.listOperators(signal),
      api.listGroups(signal),
    ]);
    return { tokens: tokens.items, operators: operators.items, groups: groups.items };
  }

  view({ tokens, operators, groups }) {
    return html`
      <section class="panel flush" aria-labelledby="tokens">
        <header class="panel-head"><h2 id="tokens">Join tokens</h2><button type="button" class="small" ?disabled=${groups.length === 0} @click=${() => this.ask(joinTokenCreation(groups, () => this.reload()))}>Create a join token…</button></header>
        ${tokens.length > 0 ? this.#tokens(tokens) : html`<p class="empty">No join tokens. An agent enrolls with one; it is used up by that.</p>`}
      </section>
      <section class="panel flush" aria-labelledby="operators">
        <header class="panel-head"><h2 id="operators">Operators</h2><button type="button" class="small" @click=${() => this.ask(operatorCreation(this.#done))}>Add an operator…</button></header>
        ${this.#operators(operators)}
      </section>
    `;
  }

  #tokens(tokens) {
    const isSpent = (token) => token.revoked_at || token.uses_left === 0 || Date.parse(token.expires_at) < Date.now();
    return html`<table class="stack">
      <caption class="sr-only">Join tokens</caption>
      <thead><tr><th scope="col">Group</th><th scope="col" class="number">Uses left</th><th scope="col">Addresses</th><th scope="col">Expires</th><th scope="col">Created</th><th scope="col"><span class="sr-only">Actions</span></th></tr></thead>
      <tbody>${tokens.map((token) => html`<tr class=${isSpent(token) ? "settled" : ""}>
        <td class="lead">${token.group} ${token.replace ? tag("may replace an identity", "warn") : nothing}<span class="below hint"><code>${token.id.slice(0, 8)}</code></span></td>
        <td class="number" data-label="Uses left">${count(token.uses_left)}</td>
        <td data-label="Addresses">${token.address_range ?? "any"}</td>
        <td data-label="Expires">${token.revoked_at ? html`revoked ${when(token.revoked_at)}` : when(token.expires_at)}</td>
        <td data-label="Created">${when(token.created_at)}<span class="below hint">${untrustedShort(token.created_by, 40)}</span></td>
        <td class="row-action">${isSpent(token) ? nothing : html`<button type="button" class="small" aria-label=${`Revoke the join token ${token.id.slice(0, 8)}`} @click=${() => this.ask(tokenRevocation(token, this.#done))}>Revoke</button>`}</td>
      </tr>`)}</tbody>
    </table>`;
  }

  #operators(operators) {
    return html`<table class="stack">
      <caption class="sr-only">Operators</caption>
      <thead><tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Last sign-in</th><th scope="col">Created</th><th scope="col"><span class="sr-only">Actions</span></th></tr></thead>
      <tbody>${operators.map((operator) => html`<tr class=${operator.disabled ? "settled" : ""}>
        <td class="lead">${untrustedShort(operator.name, 64)} ${operator.name === session.current?.operator ? tag("you") : nothing} ${operator.disabled ? tag("disabled", "warn") : nothing}</td>
        <td data-label="Role">${sentenceWords(operator.role)}</td>
        <td data-label="Last sign-in">${when(operator.last_sign_in_at)}</td>
        <td data-label="Created">${when(operator.created_at)}</td>
        <td class="row-action"><button type="button" class="small" aria-label=${`Change ${operator.name}`} @click=${() => this.ask(operatorChange(operator, this.#done))}>Change…</button></td>
      </tr>`)}</tbody>
    </table>`;
  }

  #done = (message) => {
    this.notify(message);
    return this.reload();
  };
}
customElements.define("exo-administration", AdministrationPage);
