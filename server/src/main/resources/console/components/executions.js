import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { count } from "../format.js";
import { hashLink } from "./copy.js";
import { executionFacts } from "./evidence.js";
import { state, tag } from "./marks.js";
import { exactly, when } from "./time.js";
import { untrustedCommand, untrustedShort } from "./untrusted.js";
import { commandLine } from "../text.js";

/** Executions, one a row, each with its facts behind it. */
export function executionTable(executions) {
  return html`<table class="stack executions">
    <caption class="sr-only">Executions</caption>
    <thead><tr>
      <th scope="col">Executed</th><th scope="col">User</th><th scope="col">Code</th><th scope="col">Decision</th>
      <th scope="col" class="number">Count</th><th scope="col" class="time">Time</th>
    </tr></thead>
    <tbody>${repeat(executions, key, (execution) => html`<tr>
      <td class="lead"><details>
        <summary><code>${untrustedShort(execution.executable ?? "not known", 72)}</code> ${execution.origin === "file" ? nothing : tag(execution.origin, "warn")}
          <code class="below hint command">${untrustedShort(commandLine(execution.command_line ?? []), 110)}</code></summary>
        <dl class="facts">${executionFacts(execution)}</dl>
        ${runs(execution)}
      </details></td>
      <td data-label="User" class="nowrap">${untrustedShort(execution.user, 32)}</td>
      <td data-label="Code">${execution.sha256 ? hashLink(execution.sha256) : html`<span class="absent">no hash</span>`}</td>
      <td data-label="Decision">${execution.decision ? state(execution.decision.outcome) : html`<span class="absent">none</span>`}</td>
      <td class="number" data-label="Count">${count(execution.count)}</td>
      <td class="time" data-label="Time">${when(execution.occurred_at)}</td>
    </tr>`)}</tbody>
  </table>`;
}

/** The command lines of repetitions, newest first. */
function runs(execution) {
  if (!execution.runs?.length) {
    return nothing;
  }
  const described = execution.runs.reduce((sum, run) => sum + run.count, 0);
  return html`<h3>Runs</h3>
    <ol class="lines runs">${[...execution.runs].reverse().map((run) => html`<li>
      ${untrustedCommand(run.command_line, run.command_line_truncated, 160)}
      <span class="below hint">${run.count > 1 ? html`${count(run.count)} × · newest ` : nothing}pid ${run.pid} · ${exactly(run.at)}</span>
    </li>`)}</ol>
    ${described < execution.count ? html`<p class="hint">The command lines of ${count(execution.count - described)} more were shed under load.</p>` : nothing}`;
}

function key(execution) {
  return execution.id ?? `${execution.occurred_at} ${execution.pid}`;
}
