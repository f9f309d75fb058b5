import { html, nothing } from "lit";
import { words } from "../format.js";
import { hashLink } from "./copy.js";
import { untrusted, untrustedCommand, untrustedShort } from "./untrusted.js";

/** The chain of parents from the first down to what was executed or loaded, each below the one that started it. */
export function processTree({ execution, load, hostname }) {
  const subject = execution ?? { ...load, executable: load.path, ancestry: [load.loader, ...load.ancestry] };
  const chain = [...(subject.ancestry ?? [])].reverse();
  return html`<section class="panel" aria-labelledby="ancestry">
    <h2 id="ancestry">Ancestry <span class="hint">newest occurrence, on ${untrustedShort(hostname, 48)}</span></h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="ancestry">${branch(chain, subject)}</div>
  </section>`;
}

// As deep as the chain that an agent sends, which it bounds.
function branch([parent, ...rest], execution) {
  return html`<ol class="tree">
    <li>${parent ? html`${ancestor(parent)} ${branch(rest, execution)}` : subject(execution)}</li>
  </ol>`;
}

function ancestor(process) {
  return html`<div class="process">
    <span class="who"><code>${untrustedShort(process.executable ?? "not known", 80)}</code>
      <span class="hint">pid ${process.pid}${process.user ? html` · ${untrustedShort(process.user, 40)}` : nothing}</span> ${hashLink(process.sha256)}</span>
    ${process.command_line ? html`<code class="command below">${untrusted(process.command_line, 120)}</code>` : nothing}
  </div>`;
}

function subject(execution) {
  return html`<div class="process subject">
    <span class="who"><code>${untrustedShort(execution.executable ?? "not known", 80)}</code>
      <span class="hint">${execution.kind ? html`loaded: ${words(execution.kind)}` : html`pid ${execution.pid} · ${untrustedShort(execution.user, 40)}`}</span> ${hashLink(execution.sha256)}</span>
    ${execution.kind ? nothing : html`<span class="below">${untrustedCommand(execution.command_line, execution.command_line_truncated, 120)}</span>`}
  </div>`;
}
