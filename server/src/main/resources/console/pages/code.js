import { html, nothing } from "lit";
import { api } from "../api.js";
import { fullHash } from "../components/copy.js";
import { fact } from "../components/fields.js";
import { Page } from "../components/page.js";
import { ruleTable } from "../components/rules.js";
import { exactly, when } from "../components/time.js";
import { untrusted, untrustedShort } from "../components/untrusted.js";
import { bytes, count, plural, shortHash } from "../format.js";
import { href } from "../router.js";

/** One code object: the same content, wherever and under whatever name it ran. */
class CodePage extends Page {
  heading() {
    return html`Code object <code>${shortHash(this.route.id ?? "")}</code>`;
  }

  windowTitle() {
    return `Code object ${shortHash(this.route.id ?? "")}`;
  }

  fetchData(signal) {
    return api.readCode(this.route.id, signal);
  }

  below() {
    const code = this.data;
    return code
      ? html`<p class="lede">Executed ${code.executions === 1 ? "once" : `${count(code.executions)} times`} ${code.loads ? html`and reported as loaded ${code.loads === 1 ? "once" : html`${count(code.loads)} times`} ` : nothing}on ${plural(code.prevalence, "host")}, first ${when(code.first_seen)}, last ${when(code.last_seen)} ·
          <a href=${href("alerts", null, { sha256: code.sha256, status: "all" })}>its alerts</a></p>`
      : nothing;
  }

  view(code) {
    return html`
      <div class="columns even top">
        <section class="panel" aria-labelledby="identity">
          <h2 id="identity">Identity</h2>
          <dl class="facts">
            ${fact("SHA-256", fullHash(code.sha256, false))}
            ${fact("Size", bytes(code.size_bytes))}
            ${fact("First seen", exactly(code.first_seen))}
            ${fact("Last seen", exactly(code.last_seen))}
            ${fact("Prevalence", plural(code.prevalence, "host"))}
            ${fact("Packages", this.#lines(code.packages, "owned by no package"))}
            ${fact("Baselines", code.baselines.length > 0
              ? html`<ul class="lines">${code.baselines.map((group) => html`<li><a href=${href("groups", group)}>${group}</a></li>`)}</ul>`
              : html`<span class="absent">in no baseline</span>`)}
          </dl>
        </section>
        <section class="panel" aria-labelledby="paths">
          <h2 id="paths">Paths <span class="hint">names can lie; the content cannot</span></h2>
          ${this.#lines(code.paths, "none is known")}
        </section>
      </div>
      <section class="panel flush" aria-labelledby="rules">
        <header class="panel-head"><h2 id="rules">Rules that name it</h2></header>
        ${code.rules.length > 0
          ? ruleTable(code.rules, { withGroup: true, ask: (question) => this.ask(question), done: (message) => this.#done(message) })
          : html`<p class="empty">No rule names this content.</p>`}
      </section>
      <section class="panel flush" aria-labelledby="hosts">
        <header class="panel-head"><h2 id="hosts">Hosts</h2></header>
        ${this.#hosts(code)}
      </section>
    `;
  }

  #lines(texts, absence) {
    return texts.length > 0
      ? html`<ul class="lines">${texts.map((text) => html`<li><code>${untrusted(text, 160)}</code></li>`)}</ul>`
      : html`<span class="absent">${absence}</span>`;
  }

  #hosts(code) {
    return html`<table class="stack">
      <caption class="sr-only">Hosts that executed it</caption>
      <thead><tr><th scope="col">Host</th><th scope="col" class="number">Executions</th><th scope="col" class="time">Last seen</th></tr></thead>
      <tbody>${code.hosts.map((host) => html`<tr>
        <td class="lead"><a class="row-link" href=${href("hosts", host.id, { sha256: code.sha256 })}>${untrustedShort(host.hostname, 64)}</a></td>
        <td class="number" data-label="Executions">${count(host.executions)}</td>
        <td class="time" data-label="Last seen">${when(host.last_seen)}</td>
      </tr>`)}</tbody>
    </table>`;
  }

  #done(message) {
    this.notify(message);
    return this.reload();
  }
}
customElements.define("exo-code", CodePage);
