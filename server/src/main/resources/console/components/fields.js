import { html, nothing } from "lit";

const DAY_MILLIS = 86_400_000;

/** Every change that weakens or settles something has a reason, and it stands in the audit log. */
export function reasonField(placeholder = "Why? It stands in the audit log.") {
  return html`<label class="field">
    <span>Reason</span>
    <textarea name="reason" rows="3" required maxlength="1000" placeholder=${placeholder}></textarea>
  </label>`;
}

/** When a rule ends by itself. */
export function expiryField() {
  return html`<label class="field">
    <span>Expires</span>
    <select name="expiry">
      <option value="">Never</option>
      <option value="1">In 24 hours</option>
      <option value="7">In 7 days</option>
      <option value="30">In 30 days</option>
      <option value="90">In 90 days</option>
    </select>
  </label>`;
}

/** What expiryField means as a time; null for never. */
export function expiryTime(value) {
  return value ? new Date(Date.now() + Number(value) * DAY_MILLIS).toISOString() : null;
}

/** A choice in a filter bar. */
export function choice(label, name, value, options, onChange) {
  return html`<label class="filter">
    <span>${label}</span>
    <select name=${name} @change=${(event) => onChange(name, event.target.value)}>
      ${options.map(([code, text]) => html`<option value=${code} ?selected=${code === value}>${text}</option>`)}
    </select>
  </label>`;
}

/** A row of a definition list; left out where there is nothing to say. */
export function fact(name, value) {
  return value === null || value === undefined || value === "" || value === nothing
    ? nothing
    : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
