import { html } from "lit";
import { api } from "../api.js";
import { failureBox } from "../components/failure.js";
import { fact } from "../components/fields.js";
import { Page } from "../components/page.js";
import { shownOnce } from "../components/secret.js";
import { when } from "../components/time.js";
import { untrustedShort } from "../components/untrusted.js";
import { sentenceWords, utc } from "../format.js";
import { session } from "../session.js";

const ROLES = ["viewer", "analyst", "administrator"];

/** The operator's own: password, API tokens, sign-out. */
class AccountPage extends Page {
  static properties = { passwordFailure: { state: true } };

  heading() {
    return "Your account";
  }

  fetchData(signal) {
    return api.listApiTokens(signal);
  }

  actions() {
    return html`<div class="actions"><button type="button" @click=${this.#signOut}>Sign out</button></div>`;
  }

  view(data) {
    const { operator, role, expires_at: expiresAt } = session.current ?? {};
    return html`
      <div class="columns even top">
        <section class="panel" aria-labelledby="who">
          <h2 id="who">Signed in</h2>
          <dl class="facts">${fact("Name", operator)} ${fact("Role", sentenceWords(role))} ${fact("Session", expiresAt ? html`<span title=${utc(expiresAt)}>ends ${when(expiresAt)}</span>` : null)}</dl>
        </section>
        <section class="panel" aria-labelledby="password">
          <h2 id="password">Password</h2>
          <form class="flow" @submit=${this.#changePassword}>
            <input type="text" name="username" value=${operator} autocomplete="username" hidden>
            <label class="field"><span>Current password</span><input type="password" name="current" required maxlength="256" autocomplete="current-password"></label>
            <label class="field"><span>New password</span><input type="password" name="new" required minlength="12" maxlength="256" autocomplete="new-password" aria-describedby="password-hint"><span id="password-hint" class="hint">At least 12 characters. Your other sessions end.</span></label>
            ${failureBox(this.passwordFailure)}
            <button type="submit">Change the password</button>
          </form>
        </section>
      </div>
      <section class="panel flush" aria-labelledby="tokens">
        <header class="panel-head"><h2 id="tokens">API tokens</h2><button type="button" class="small" @click=${() => this.ask(this.#create())}>Create a token…</button></header>
        ${data.items.length > 0 ? this.#tokens(data.items) : html`<p class="empty">No API tokens. Scripts and exonctl sign in with one.</p>`}
      </section>
    `;
  }

  #tokens(tokens) {
    return html`<table class="stack">
      <caption class="sr-only">API tokens</caption>
      <thead><tr><th scope="col">Label</th><th scope="col">Role</th><th scope="col">Last used</th><th scope="col">Created</th><th scope="col">Expires</th><th scope="col"><span class="sr-only">Actions</span></th></tr></thead>
      <tbody>${tokens.map((token) => html`<tr>
        <td class="lead">${untrustedShort(token.label, 64)}</td>
        <td data-label="Role">${sentenceWords(token.role)}</td>
        <td data-label="Last used">${when(token.last_used_at)}</td>
        <td data-label="Created">${when(token.created_at)}</td>
        <td data-label="Expires">${when(token.expires_at)}</td>
        <td class="row-action"><button type="button" class="small" aria-label=${`Revoke ${token.label}`} @click=${() => this.ask(this.#revoke(token))}>Revoke</button></td>
      </tr>`)}</tbody>
    </table>`;
  }

  #create() {
    const own = session.current.role;
    const roles = ROLES.slice(0, ROLES.indexOf(own) + 1);
    return {
      heading: "Create an API token",
      submit: "Create",
      body: html`
        <label class="field"><span>Label</span><input name="label" required maxlength="64" placeholder="What uses it" autocomplete="off"></label>
        <div class="field-row">
          <label class="field"><span>Role</span><select name="role">${roles.map((role) => html`<option value=${role} ?selected=${role === own}>${sentenceWords(role)}</option>`)}</select></label>
          <label class="field"><span>Lifetime</span><select name="lifetime"><option value="1d">1 day</option><option value="30d">30 days</option><option value="90d" selected>90 days</option></select></label>
        </div>`,
      action: async (values) => {
        const { text, token } = await api.createApiToken(values);
        await this.reload();
        return shownOnce(`API token ${token.label}`, text, "Send it as “Authorization: Bearer …”.");
      },
    };
  }

  #revoke(token) {
    return {
      heading: "Revoke an API token",
      submit: "Revoke",
      isDangerous: true,
      body: html`<p>Whatever uses <b>${untrustedShort(token.label, 64)}</b> is refused from now on.</p>`,
      action: async () => {
        await api.revokeApiToken(token.id);
        this.notify("The token is revoked");
        await this.reload();
      },
    };
  }

  async #changePassword(event) {
    event.preventDefault();
    const form = event.target;
    const { current, new: replacement } = Object.fromEntries(new FormData(form));
    this.passwordFailure = null;
    try {
      await api.changePassword({ current, new: replacement });
      form.reset();
      this.notify("The password is changed; your other sessions have ended");
    } catch (failure) {
      this.passwordFailure = failure;
    }
  }

  async #signOut() {
    try {
      await api.deleteSession();
      session.end();
    } catch (failure) {
      this.failure = failure;
    }
  }
}
customElements.define("exo-account", AccountPage);
