import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { count, plural, sentenceWords, words } from "../format.js";
import { href } from "../router.js";
import { decisionText } from "./decision.js";
import { fact } from "./fields.js";
import { actionFacts, loadFacts } from "./loads.js";
import { severity, tag } from "./marks.js";
import { exactly, when } from "./time.js";
import { untrusted, untrustedCommand, untrustedShort } from "./untrusted.js";

/** Tells pieces of evidence apart while the list is loaded anew. */
export function evidenceKey(item) {
  return `${item.occurred_at} ${item.host_id} ${item.detection} ${item.execution?.pid ?? item.load?.loader.pid ?? item.action?.actor.pid ?? ""}`;
}

/** Newest first. */
export function newestFirst(evidence) {
  return [...evidence].sort((left, right) => Date.parse(right.occurred_at) - Date.parse(left.occurred_at));
}

/** What the alert rests on. The one with the given key starts open; what arrives later does not disturb it. */
export function evidenceList(evidence, alert, openKey) {
  const isPart = alert.occurrences > evidence.length;
  return html`<section class="panel" aria-labelledby="evidence">
    <h2 id="evidence">Evidence ${isPart ? html`<span class="hint">the first and the newest of ${plural(alert.occurrences, "occurrence")}</span>` : nothing}</h2>
    <ol class="evidence">${repeat(newestFirst(evidence), evidenceKey, (item) => entry(item, evidenceKey(item) === openKey))}</ol>
  </section>`;
}

function entry(item, isOpen) {
  return html`<li><details ?open=${isOpen}>
    <summary>
      <span class="evidence-head">${when(item.occurred_at)} <b>${untrustedShort(item.hostname, 48)}</b> ${item.execution ? html`<span>${untrustedShort(item.execution.user, 32)}</span>` : nothing} ${tag(item.detection)}</span>
      <span class="below">${untrustedShort(item.summary, 200)}</span>
    </summary>
    <dl class="facts">
      ${fact("Time", exactly(item.occurred_at))}
      ${fact("Host", html`<a href=${href("hosts", item.host_id)}>${untrustedShort(item.hostname, 64)}</a>`)}
      ${fact("Why", untrusted(item.summary))}
      ${fact("Severity", severity(item.severity))}
      ${item.execution ? executionFacts(item.execution) : nothing}
      ${item.load ? loadFacts(item.load) : nothing}
      ${item.action ? actionFacts(item.action) : nothing}
      ${item.loss ? fact("Lost", lossText(item.loss)) : nothing}
    </dl>
  </details></li>`;
}

/** The facts of one execution; also for the page of a host. */
export function executionFacts(execution) {
  return html`
    ${fact("Executable", html`<code>${untrusted(execution.executable)}</code>`)}
    ${fact("Command line", untrustedCommand(execution.command_line, execution.command_line_truncated))}
    ${fact("User", html`${untrustedShort(execution.user, 64)} <span class="hint">uid ${execution.uid}</span>`)}
    ${fact("Process", html`pid ${execution.pid}${execution.count > 1 ? html` <span class="hint">stands for ${count(execution.count)} repetitions</span>` : nothing}${execution.is_backfill ? html` <span class="hint">was already running when the agent started</span>` : nothing}`)}
    ${fact("Working directory", execution.working_directory ? html`<code>${untrusted(execution.working_directory, 160)}</code>` : null)}
    ${fact("Container", execution.container_id ? html`<code>${untrustedShort(execution.container_id, 80)}</code>` : html`<span class="absent">none</span>`)}
    ${fact("Package", execution.package ? untrustedShort(execution.package, 120) : html`<span class="absent">owned by no package</span>`)}
    ${fact("Hash", execution.sha256 ? null : html`<span class="absent">none: ${words(execution.hash_absence ?? "not known")}</span>`)}
    ${fact("Decision", execution.decision ? decisionText(execution.decision) : null)}
  `;
}

/** A loss with its interval and cause. */
export function lossText(loss) {
  return html`${loss.count === null || loss.count === undefined ? "An unknown number of events" : plural(loss.count, "event")}
    from ${exactly(loss.from)} to ${exactly(loss.to)}: ${sentenceWords(loss.cause).toLowerCase()}${loss.sensor ? html` (${words(loss.sensor)})` : nothing}`;
}
