import { html, nothing } from "lit";
import { words } from "../format.js";
import { state } from "./marks.js";

const REASONS = {
  rule: "an explicit rule",
  baseline: "its content is in the baseline",
  "baseline-package": "its package, in exactly this version, is in the baseline",
  "no-trust": "no trust source knows it",
  "no-file": "it has no file that trust could be tied to",
  "fact-missing": "a fact that could decide was not known yet",
};

/** What the policy said, and why. */
export function decisionText(decision) {
  const reason = REASONS[decision.reason] ?? words(decision.reason);
  return html`${state(decision.outcome)}<span>: ${reason}${decision.rule_id ? html` (rule ${decision.rule_id})` : nothing}</span>
    <span class="hint">${decision.mode} mode, policy ${decision.policy_version}</span>`;
}
