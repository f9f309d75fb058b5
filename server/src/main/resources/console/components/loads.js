import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { bytes, count, sentenceWords, words } from "../format.js";
import { hashLink } from "./copy.js";
import { decisionText } from "./decision.js";
import { fact } from "./fields.js";
import { state, tag } from "./marks.js";
import { exactly, when } from "./time.js";
import { untrusted, untrustedShort } from "./untrusted.js";

const MEANINGS = {
  library: "mapped into a running process",
  program: "mapped by the dynamic loader: ld.so PROGRAM",
  interpreter: "loaded by the kernel to start a program; recorded only",
  script: "executed, or an operand of its interpreter",
  opened: "opened by an interpreter, code or data; recorded only",
};

/** Code that processes loaded, one version, kind and loader a row. */
export function loadTable(loads) {
  return html`<table class="stack executions">
    <caption class="sr-only">Code loads</caption>
    <thead><tr><th scope="col">Loaded</th><th scope="col">Kind</th><th scope="col">Code</th><th scope="col">Decision</th><th scope="col" class="time">First</th><th scope="col" class="time">Last</th></tr></thead>
    <tbody>${repeat(loads, (load) => load.id, (load) => html`<tr>
      <td class="lead"><details>
        <summary><code>${untrustedShort(load.path ?? "not known", 72)}</code> ${load.origin === "file" ? nothing : tag(load.origin, "warn")}
          <span class="below hint">by <code>${untrustedShort(load.loader.executable ?? "not known", 80)}</code></span></summary>
        <dl class="facts">${loadFacts(load)}</dl>
      </details></td>
      <td data-label="Kind">${sentenceWords(load.kind)}</td>
      <td data-label="Code">${load.sha256 ? hashLink(load.sha256) : html`<span class="absent">no hash</span>`}</td>
      <td data-label="Decision">${load.decision ? state(load.decision.outcome) : html`<span class="absent">none</span>`}</td>
      <td class="time" data-label="First">${when(load.first_at)}</td>
      <td class="time" data-label="Last">${when(load.last_at)}</td>
    </tr>`)}</tbody>
  </table>`;
}

/** The facts of one load; also for evidence. */
export function loadFacts(load) {
  return html`
    ${fact("Path", html`<code>${untrusted(load.path)}</code>`)}
    ${fact("Kind", html`${sentenceWords(load.kind)} <span class="hint">${MEANINGS[load.kind] ?? nothing}</span>`)}
    ${fact("Loaded by", process(load.loader))}
    ${fact("Chain", chain(load.ancestry))}
    ${fact("Size", load.size_bytes === null || load.size_bytes === undefined ? null : bytes(load.size_bytes))}
    ${fact("Package", load.package ? untrustedShort(load.package, 120) : html`<span class="absent">owned by no package</span>`)}
    ${fact("Container", load.container_id ? html`<code>${untrustedShort(load.container_id, 80)}</code>` : html`<span class="absent">none</span>`)}
    ${fact("Hash", load.sha256 ? null : html`<span class="absent">none: ${words(load.hash_absence ?? "not known")}</span>`)}
    ${fact("Decision", load.decision ? decisionText(load.decision) : null)}
  `;
}

/** What processes did to memory and privileges. */
export function actionTable(actions) {
  return html`<table class="stack executions">
    <caption class="sr-only">Actions</caption>
    <thead><tr><th scope="col">Actor</th><th scope="col">Action</th><th scope="col">Target</th><th scope="col" class="number">Count</th><th scope="col" class="time">Last</th></tr></thead>
    <tbody>${repeat(actions, (action) => action.id, (action) => html`<tr>
      <td class="lead"><details>
        <summary><code>${untrustedShort(action.actor.executable ?? "not known", 72)}</code>
          <code class="below hint command">${untrustedShort(action.actor.command_line ?? "", 110)}</code></summary>
        <dl class="facts">${actionFacts(action)}</dl>
      </details></td>
      <td data-label="Action">${sentenceWords(action.kind)}${action.detail ? html`<code class="below hint">${untrustedShort(action.detail, 60)}</code>` : nothing}</td>
      <td data-label="Target">${action.target ? html`<code>${untrustedShort(action.target.executable ?? "not known", 48)}</code> <span class="hint">pid ${action.target.pid}</span>` : html`<span class="absent">–</span>`}</td>
      <td class="number" data-label="Count">${count(action.count)}</td>
      <td class="time" data-label="Last">${when(action.last_at)}</td>
    </tr>`)}</tbody>
  </table>`;
}

/** The facts of one action; also for evidence. */
export function actionFacts(action) {
  return html`
    ${fact("Action", html`${sentenceWords(action.kind)}${action.detail ? html` <code>${untrusted(action.detail)}</code>` : nothing}`)}
    ${fact("By", process(action.actor))}
    ${fact("Chain", chain(action.ancestry))}
    ${fact("Target", action.target ? process(action.target) : null)}
    ${fact("Memory", action.address ? html`<code>${action.address}</code> <span class="hint">${bytes(action.length)}, ${protection(action.protection)}</span>` : null)}
    ${fact("Count", action.count > 1 ? html`${count(action.count)} <span class="hint">from ${exactly(action.first_at)}</span>` : null)}
    ${fact("Container", action.container_id ? html`<code>${untrustedShort(action.container_id, 80)}</code>` : null)}
  `;
}

function process(it) {
  return html`<code>${untrusted(it.executable, 160)}</code>
    <span class="hint">pid ${it.pid}${it.user ? html` · ${untrustedShort(it.user, 40)}` : nothing}</span> ${hashLink(it.sha256)}
    ${it.command_line ? html`<code class="below command">${untrusted(it.command_line, 200)}</code>` : nothing}`;
}

function chain(ancestry) {
  return ancestry.length === 0
    ? null
    : html`<ul class="lines">${ancestry.map((it) => html`<li><code>${untrustedShort(it.executable ?? "not known", 80)}</code> <span class="hint">pid ${it.pid}</span></li>`)}</ul>`;
}

/** As in /proc/PID/maps. */
function protection(bits) {
  return ["r", "w", "x"].map((letter, index) => (bits & (1 << index) ? letter : "-")).join("");
}
