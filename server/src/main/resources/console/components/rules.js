import { html, nothing } from "lit";
import { api } from "../api.js";
import { relative, selectorParts, sentenceWords } from "../format.js";
import { href } from "../router.js";
import { session } from "../session.js";
import { hashLink } from "./copy.js";
import { state } from "./marks.js";
import { when } from "./time.js";
import { untrusted, untrustedShort } from "./untrusted.js";

const NAMES = { sha256: "content", memory: "memory", package: "package", path: "path" };

/** What a rule applies to. */
export function selectorText(selector, isFull = false) {
  const parts = selectorParts(selector);
  if (parts.length === 0) {
    return html`<span class="absent">nothing</span>`;
  }
  return parts.map(([name, value], index) => html`${index > 0 ? " and " : nothing}<span class="selector">${NAMES[name]}
    ${name === "sha256" && !isFull ? hashLink(value) : html`<code>${untrustedShort(value, 90)}</code>`}</span>`);
}

/** A rule in words. */
export function ruleSentence(effect, selector, group) {
  return html`<span class="rule">${effect} ${selectorText(selector, true)} in group <b>${group}</b></span>`;
}

/** Rules with who, why and until when. The page lends its dialog for the removal. */
export function ruleTable(rules, { withGroup, ask, done }) {
  const mayRemove = session.may("administrator");
  return html`<table class="stack rules">
    <caption class="sr-only">Rules</caption>
    <thead><tr>
      <th scope="col">Effect</th><th scope="col">Applies to</th>${withGroup ? html`<th scope="col">Group</th>` : nothing}
      <th scope="col">Reason</th><th scope="col">Owner</th><th scope="col">Expires</th>
      ${mayRemove ? html`<th scope="col"><span class="sr-only">Actions</span></th>` : nothing}
    </tr></thead>
    <tbody>${rules.map((rule) => html`<tr class=${isExpired(rule) ? "settled" : ""}>
      <td>${state(rule.effect)}<span class="below hint">rule ${rule.id}</span></td>
      <td class="lead">${selectorText(rule.selector)}</td>
      ${withGroup ? html`<td data-label="Group"><a href=${href("groups", rule.group)}>${rule.group}</a></td>` : nothing}
      <td data-label="Reason" class="prose">${untrusted(rule.reason, 120)}${rule.alert_id ? html` <a class="hint" href=${href("alerts", rule.alert_id)}>alert ${rule.alert_id}</a>` : nothing}</td>
      <td data-label="Owner">${untrustedShort(rule.owner, 40)}<span class="below hint">${when(rule.created_at)}</span></td>
      <td data-label="Expires">${rule.expires_at ? (isExpired(rule) ? html`expired ${when(rule.expires_at)}` : when(rule.expires_at)) : html`<span class="absent">never</span>`}</td>
      ${mayRemove ? html`<td class="row-action"><button type="button" class="small" aria-label=${`Remove rule ${rule.id}`} @click=${() => ask(removal(rule, done))}>Remove</button></td>` : nothing}
    </tr>`)}</tbody>
  </table>`;
}

function isExpired(rule) {
  return rule.expires_at !== null && rule.expires_at !== undefined && Date.parse(rule.expires_at) < Date.now();
}

function removal(rule, done) {
  const consequence = rule.effect === "allow"
    ? "Code that only this rule allows raises an alert the next time it runs."
    : "Code that this rule denies is judged by the other rules and the baseline again.";
  return {
    heading: `Remove rule ${rule.id}`,
    submit: "Remove",
    isDangerous: true,
    body: html`<p class="rule-box">${sentenceWords(rule.effect)} ${selectorText(rule.selector, true)} in group <b>${rule.group}</b></p>
      <p>${consequence}</p>
      <p class="hint">Written by ${untrustedShort(rule.owner, 40)} ${relative(rule.created_at)}: ${untrusted(rule.reason, 200)}</p>`,
    action: async () => {
      await api.deleteRule(rule.id);
      await done(`Rule ${rule.id} is removed`);
    },
  };
}
