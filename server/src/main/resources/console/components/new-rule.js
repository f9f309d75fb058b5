import { html } from "lit";
import { api, ApiError } from "../api.js";
import { expiryField, expiryTime, reasonField } from "./fields.js";

function textField(name, label, hint, pattern = null) {
  return html`<label class="field"><span>${label}</span><input name=${name} pattern=${pattern ?? ".*"} maxlength="4096" spellcheck="false" autocomplete="off" autocapitalize="none" aria-describedby="${name}-hint"><span id="${name}-hint" class="hint">${hint}</span></label>`;
}

/** A rule of one's own; whatever conditions are filled in must all hold. */
export function newRule(groups, done) {
  return {
    heading: "Add a rule",
    submit: "Add the rule",
    body: html`
      <div class="field-row">
        <label class="field"><span>Effect</span><select name="effect"><option value="allow">Allow</option><option value="deny">Deny</option></select></label>
        <label class="field"><span>Group</span><select name="group">${groups.map((group) => html`<option>${group.name}</option>`)}</select></label>
        ${expiryField()}
      </div>
      ${textField("sha256", "Content (SHA-256)", "The safest condition: this content and nothing else.", "[0-9a-f]{64}")}
      ${textField("package", "Package", "Its name, in any version.")}
      ${textField("path", "Path", "Absolute; with a slash at the end, everything below.", "/.*")}
      <label class="field"><span>Memory</span><select name="memory"><option value="">–</option><option value="memfd">In memory only (memfd)</option><option value="deleted">Deleted file</option></select></label>
      ${reasonField()}`,
    action: async (values) => {
      const condition = (name) => values[name].trim() || null;
      const selector = { sha256: condition("sha256"), package: condition("package"), path: condition("path"), memory: condition("memory") };
      if (Object.values(selector).every((value) => value === null)) {
        throw new ApiError(0, "invalid_request", "fill in at least one condition");
      }
      const rule = await api.createRule({ group: values.group, effect: values.effect, selector, reason: values.reason, expires_at: expiryTime(values.expiry) });
      await done(`Rule ${rule.id} is added`);
    },
  };
}
