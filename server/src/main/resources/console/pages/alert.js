import { html, nothing } from "lit";
import { api } from "../api.js";
import { actionButtons } from "../components/alert-actions.js";
import { evidenceKey, evidenceList, newestFirst } from "../components/evidence.js";
import { fullHash } from "../components/copy.js";
import { fact } from "../components/fields.js";
import { note } from "../components/failure.js";
import { severity, state, tag } from "../components/marks.js";
import { Page } from "../components/page.js";
import { processTree } from "../components/process-tree.js";
import { ruleSentence } from "../components/rules.js";
import { exactly, when } from "../components/time.js";
import { untrusted, untrustedShort } from "../components/untrusted.js";
import { lossWords } from "../components/coverage-text.js";
import { bytes, count, plural, sentenceWords, words } from "../format.js";
import { href } from "../router.js";
import { visibleText } from "../text.js";
import { whatHappened } from "../components/what-happened.js";

const SEEN = {
  full: "Every execution and its bytes could be seen.",
  reduced: "Coverage was reduced: short-lived programs may lack a hash, so there may be more than is shown here.",
  minimal: "Coverage was minimal: programs were polled, and short-lived ones were missed.",
  none: "No sensor ran.",
};

/** One alert: what happened, what the code is, who ran it where, and what to do about it. */
class AlertPage extends Page {
  #openKey = null;

  routeChanged() {
    this.#openKey = null;
  }

  heading() {
    return this.data ? untrusted(this.data.alert.title, 300) : `Alert ${this.route.id}`;
  }

  windowTitle() {
    return this.data ? visibleText(this.data.alert.title, 80) : `Alert ${this.route.id}`;
  }

  isAffectedBy(kind, alert) {
    return kind === "alert" && String(alert?.id) === this.route.id;
  }

  fetchData(signal) {
    return api.readAlert(this.route.id, signal);
  }

  above() {
    const alert = this.data?.alert;
    return html`<p class="crumbs">
      <a href="#/alerts">Alerts</a><span aria-hidden="true">/</span><span>${this.route.id}</span>
      ${alert ? html`${severity(alert.severity)} ${state(alert.status)} ${alert.verdict ? state(alert.verdict) : nothing}` : nothing}
    </p>`;
  }

  below() {
    return this.data ? html`<p class="lede">${whatHappened(this.data)}</p>` : nothing;
  }

  actions() {
    return this.data
      ? actionButtons(this.data, {
          ask: (question) => this.ask(question),
          done: (message) => {
            this.notify(message);
            return this.reload();
          },
        })
      : nothing;
  }

  view(data) {
    const { alert, evidence } = data;
    const sorted = newestFirst(evidence);
    const newest = sorted.find((item) => item.execution || item.load);
    this.#openKey ??= sorted.length > 0 ? evidenceKey(sorted[0]) : null;
    return html`
      ${this.#settled(alert)}
      <div class="columns wide-left top">
        <div class="flow">
          ${newest ? processTree(newest) : nothing}
          ${evidenceList(evidence, alert, this.#openKey)}
        </div>
        <div class="flow">
          ${this.#code(alert, newest?.execution ?? newest?.load)} ${this.#techniques(alert)} ${this.#hosts(data)} ${this.#coverage(data)} ${this.#allowing(data)} ${this.#history(data)}
        </div>
      </div>
    `;
  }

  #settled(alert) {
    if (alert.reason === null || alert.reason === undefined) {
      return nothing;
    }
    return note(html`<b>${sentenceWords(alert.verdict ?? "resolved")}:</b> ${untrusted(alert.reason, 400)}${alert.rule_id ? html` <span class="hint">rule ${alert.rule_id} was written</span>` : nothing}`, "", "check");
  }

  #code(alert, execution) {
    if (!alert.sha256 && !alert.executable && !execution) {
      return nothing;
    }
    return html`<section class="panel" aria-labelledby="code">
      <h2 id="code">Code</h2>
      <dl class="facts">
        ${fact("SHA-256", alert.sha256 ? fullHash(alert.sha256) : html`<span class="absent">none: ${words(execution?.hash_absence ?? "not known")}</span>`)}
        ${fact("Executable", html`<code>${untrusted(alert.executable ?? execution?.executable ?? execution?.path, 160)}</code>`)}
        ${fact("Origin", this.#origin(alert.origin ?? execution?.origin))}
        ${fact("Package", execution ? (execution.package ? untrustedShort(execution.package) : html`<span class="absent">owned by no package</span>`) : null)}
        ${fact("Size", execution?.size_bytes === null || execution?.size_bytes === undefined ? null : bytes(execution.size_bytes))}
      </dl>
    </section>`;
  }

  #origin(origin) {
    const meanings = { file: "a file", memfd: "memory only (memfd): it never had a file", deleted: "a file that was deleted before it ran" };
    return origin ? (meanings[origin] ?? words(origin)) : null;
  }

  #techniques(alert) {
    return html`<section class="panel" aria-labelledby="techniques">
      <h2 id="techniques">Technique</h2>
      <ul class="lines">
        ${alert.techniques.map((technique) => html`<li><code>${technique.id}</code> ${technique.name} <span class="hint">${technique.tactic.replaceAll("_", " ")}</span></li>`)}
        ${alert.techniques.length === 0 ? html`<li class="absent">No ATT&amp;CK technique is named.</li>` : nothing}
      </ul>
      <p class="tags">${alert.detections.map((name) => tag(name))}</p>
    </section>`;
  }

  #hosts({ alert, hosts }) {
    return html`<section class="panel" aria-labelledby="hosts">
      <h2 id="hosts">${plural(alert.host_count, "host")} <span class="hint">in group <a href=${href("groups", alert.group)}>${alert.group}</a></span></h2>
      <ul class="lines">
        ${hosts.map((host) => html`<li class="split">
          <a href=${href("hosts", host.id)}>${untrustedShort(host.hostname, 48)}</a>
          <span class="hint">${count(host.occurrences)} × · ${when(host.last_at)}</span>
        </li>`)}
      </ul>
      ${alert.host_count > hosts.length ? html`<p class="hint">and ${count(alert.host_count - hosts.length)} more</p>` : nothing}
    </section>`;
  }

  #coverage({ coverage }) {
    if (!coverage) {
      return html`<section class="panel" aria-labelledby="coverage"><h2 id="coverage">Coverage at that time</h2><p class="absent">The host is not known any more.</p></section>`;
    }
    const blind = coverage.blind_spots;
    return html`<section class="panel" aria-labelledby="coverage">
      <h2 id="coverage">Coverage at that time ${state(coverage.level)}</h2>
      <p>On the <a href=${href("hosts", coverage.host_id)}>newest host</a>, ${exactly(coverage.at)}. ${SEEN[coverage.level] ?? "Nobody has accounted for that time."}</p>
      <dl class="facts">
        ${fact("Losses", html`${lossWords(coverage.losses_around)} <span class="hint">5 min before and after</span>`)}
        ${fact("Not seen", blind.length > 0 ? html`<ul class="lines">${blind.map((spot) => html`<li>${untrusted(spot, 160)}</li>`)}</ul>` : html`<span class="absent">no blind spot is known</span>`)}
      </dl>
    </section>`;
  }

  #history({ history }) {
    return html`<section class="panel" aria-labelledby="history">
      <h2 id="history">History</h2>
      <ol class="timeline">
        ${history.map((entry) => html`<li>
          <span><b>${sentenceWords(entry.action)}</b> by ${untrustedShort(entry.actor, 64)}</span>
          ${entry.detail ? html`<span class="below">${untrusted(entry.detail, 200)}</span>` : nothing}
          <span class="below hint">${exactly(entry.at)}</span>
        </li>`)}
      </ol>
    </section>`;
  }

  #allowing({ alert, allow_proposal: proposal, allow_refusal: refusal }) {
    const isOpen = alert.status === "new" || alert.status === "in_progress";
    if (!isOpen || (!proposal && !refusal)) {
      return nothing;
    }
    return html`<section class="panel" aria-labelledby="allowing">
      <h2 id="allowing">What would allow it</h2>
      ${proposal
        ? html`<p>The smallest rule: ${ruleSentence("allow", proposal, alert.group)}.</p>`
        : html`<p>No rule: ${untrusted(refusal)}.</p>`}
    </section>`;
  }
}
customElements.define("exo-alert", AlertPage);
