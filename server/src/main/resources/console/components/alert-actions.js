import { html, nothing } from "lit";
import { api } from "../api.js";
import { session } from "../session.js";
import { note } from "./failure.js";
import { expiryField, expiryTime, reasonField } from "./fields.js";
import { ruleSentence } from "./rules.js";
import { untrusted } from "./untrusted.js";

/** What an analyst can do about an open alert. Nothing for viewers and for what is settled. */
export function actionButtons(detail, { ask, done }) {
  const { alert } = detail;
  const isOpen = alert.status === "new" || alert.status === "in_progress";
  if (!session.may("analyst") || !isOpen) {
    return nothing;
  }
  const isMine = alert.status === "in_progress" && alert.assignee === session.current.operator;
  const hasCode = alert.origin !== null && alert.origin !== undefined;
  return html`<div class="actions">
    ${isMine ? nothing : html`<button type="button" @click=${() => ask(start(alert, done))}>${alert.status === "new" ? "Start" : "Take over"}</button>`}
    ${hasCode ? html`<button type="button" @click=${() => ask(allow(detail, done))}>Allow…</button>
      <button type="button" @click=${() => ask(deny(alert, done))}>Deny…</button>` : nothing}
    <button type="button" class="primary" @click=${() => ask(resolve(alert, done))}>Resolve…</button>
  </div>`;
}

function start(alert, done) {
  return {
    heading: alert.status === "new" ? "Start to work on this alert" : `Take over from ${alert.assignee ?? "nobody"}`,
    submit: alert.status === "new" ? "Start" : "Take over",
    body: html`<p>It becomes “in progress” and is assigned to you, so that others see that somebody looks at it.</p>`,
    action: async () => {
      await api.startAlert(alert.id);
      await done("The alert is yours");
    },
  };
}

function allow({ alert, allow_proposal: proposal, allow_refusal: refusal }, done) {
  if (!proposal) {
    return {
      heading: "This code cannot be allowed",
      body: note(refusal ? untrusted(refusal) : "The server offers no rule for it.", "warn", "warning"),
    };
  }
  return {
    heading: "Allow this code",
    submit: "Write the rule",
    body: html`
      <p>This rule is written, and the alert is resolved as benign:</p>
      <p class="rule-box">${ruleSentence("Allow", proposal, alert.group)}</p>
      <p class="hint">It is the smallest rule that allows it. Nothing else becomes trusted.</p>
      ${reasonField("For example: release 4.2 of the billing service, change OPS-117")} ${expiryField()}`,
    action: async ({ reason, expiry }) => {
      const { rule } = await api.allowAlert(alert.id, { reason, expires_at: expiryTime(expiry) });
      await done(`Rule ${rule.id} allows it; the alert is resolved as benign`);
    },
  };
}

function deny(alert, done) {
  return {
    heading: "Deny this code",
    submit: "Write the rule",
    isDangerous: true,
    body: html`
      <p>A rule that denies it in group <b>${alert.group}</b> is written, and the alert is resolved as a true positive:</p>
      ${alert.sha256 ? html`<p class="rule-box">${ruleSentence("Deny", { sha256: alert.sha256 }, alert.group)}</p>` : nothing}
      <p class="hint">Each further execution raises an alert as denied code. Nothing is stopped: the modes are learn and monitor.</p>
      ${reasonField("For example: incident 14, dropped by the attacker")} ${expiryField()}`,
    action: async ({ reason, expiry }) => {
      const { rule } = await api.denyAlert(alert.id, { reason, expires_at: expiryTime(expiry) });
      await done(`Rule ${rule.id} denies it; the alert is resolved as a true positive`);
    },
  };
}

const VERDICTS = [
  ["true_positive", "True positive", "It was an attack or a violation. The next occurrence reopens the alert."],
  ["benign", "Benign", "It happened as shown, and is harmless."],
  ["false_positive", "False positive", "It did not happen as shown: the detection is wrong."],
];

function resolve(alert, done) {
  return {
    heading: "Resolve this alert",
    submit: "Resolve",
    body: html`
      <fieldset class="choices">
        <legend>Verdict</legend>
        ${VERDICTS.map(([code, name, meaning]) => html`<label><input type="radio" name="verdict" value=${code} required><span><b>${name}</b><span class="below hint">${meaning}</span></span></label>`)}
      </fieldset>
      ${reasonField()}
      <p class="hint">No rule is written. To keep the same code from raising alerts, allow it instead.</p>`,
    action: async ({ verdict, reason }) => {
      await api.resolveAlert(alert.id, { verdict, reason });
      await done("The alert is resolved");
    },
  };
}
