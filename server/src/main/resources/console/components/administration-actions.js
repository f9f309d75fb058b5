import { html } from "lit";
import { api } from "../api.js";
import { sentenceWords } from "../format.js";
import { shownOnce } from "./secret.js";
import { untrustedShort } from "./untrusted.js";

const ROLES = ["viewer", "analyst", "administrator"];

function roleField(chosen) {
  return html`<label class="field"><span>Role</span><select name="role">${ROLES.map((role) => html`<option value=${role} ?selected=${role === chosen}>${sentenceWords(role)}</option>`)}</select></label>`;
}

/** A token that lets hosts join a group. */
export function joinTokenCreation(groups, reload) {
  return {
    heading: "Create a join token",
    submit: "Create",
    body: html`
      <div class="field-row">
        <label class="field"><span>Group</span><select name="group">${groups.map((group) => html`<option>${group.name}</option>`)}</select></label>
        <label class="field"><span>Uses</span><input name="uses" type="number" min="1" max="10000" value="1" required></label>
        <label class="field"><span>Lifetime</span><select name="lifetime"><option value="1h">1 hour</option><option value="1d">1 day</option><option value="7d">7 days</option><option value="30d">30 days</option></select></label>
      </div>
      <label class="field"><span>Address range</span><input name="address_range" placeholder="10.0.0.0/8" spellcheck="false" autocomplete="off" aria-describedby="range-hint"><span id="range-hint" class="hint">In CIDR form. Empty: from anywhere.</span></label>
      <label class="check"><input type="checkbox" name="replace"><span>A machine that has an identity may get a new one; the old one is refused from then on</span></label>`,
    action: async (values) => {
      const { token, text } = await api.createJoinToken({
        group: values.group,
        uses: Number(values.uses),
        lifetime: values.lifetime,
        address_range: values.address_range.trim() || null,
        replace: values.replace === "on",
      });
      await reload();
      return shownOnce(`Join token for ${token.group}`, text, "Give it to exon-agent enroll through a file or standard input, never as an argument.");
    },
  };
}

/** Takes a join token back. */
export function tokenRevocation(token, done) {
  return {
    heading: "Revoke a join token",
    submit: "Revoke",
    isDangerous: true,
    body: html`<p>No further host can join ${token.group} with it. Hosts that joined stay.</p>`,
    action: async () => {
      await api.revokeJoinToken(token.id);
      await done("The join token is revoked");
    },
  };
}

/** Somebody new. */
export function operatorCreation(done) {
  return {
    heading: "Add an operator",
    submit: "Add",
    body: html`
      <label class="field"><span>Name</span><input name="name" required maxlength="64" pattern="[a-z0-9][a-z0-9._\\-]{0,63}" spellcheck="false" autocapitalize="none" autocomplete="off"></label>
      ${roleField("viewer")}
      <label class="field"><span>First password</span><input name="password" type="password" required minlength="12" maxlength="256" autocomplete="new-password" aria-describedby="first-hint"><span id="first-hint" class="hint">At least 12 characters. Ask for a change at the first sign-in.</span></label>`,
    action: async (values) => {
      await api.createOperator(values);
      await done(`Operator ${values.name} is added`);
    },
  };
}

/** Role, access or a forgotten password. */
export function operatorChange(operator, done) {
  return {
    heading: "Change an operator",
    submit: "Change",
    body: html`
      <p><b>${untrustedShort(operator.name, 64)}</b></p>
      <input type="text" name="username" value=${operator.name} autocomplete="username" hidden>
      ${roleField(operator.role)}
      <label class="check"><input type="checkbox" name="disabled" ?checked=${operator.disabled}><span>Disabled: cannot sign in, sessions and API tokens are refused</span></label>
      <label class="field"><span>New password</span><input name="password" type="password" minlength="12" maxlength="256" autocomplete="new-password" aria-describedby="new-hint"><span id="new-hint" class="hint">Empty: it stays as it is.</span></label>`,
    action: async (values) => {
      const change = { role: values.role, disabled: values.disabled === "on" };
      await api.updateOperator(operator.name, values.password ? { ...change, password: values.password } : change);
      await done(`Operator ${operator.name} is changed`);
    },
  };
}
